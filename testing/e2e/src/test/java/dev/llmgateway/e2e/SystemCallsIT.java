package dev.llmgateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.figures.Figures;
import dev.llmgateway.fixtures.figures.Promise;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.GatewayProcess;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Guards what a request asks of the kernel, without a clock (goal 6.2).
class SystemCallsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int REQUESTS = 400;
    private static final Pattern READ =
            Pattern.compile("^\\d+ +(read|readv|recvfrom|recvmsg)\\(.*");
    private static final Pattern WRITE =
            Pattern.compile("^\\d+ +(write|writev|sendto|sendmsg)\\(.*");

    @Test
    void a_request_on_a_kept_connection_takes_few_calls(@TempDir Path folder, @TempDir Path traced)
            throws IOException {
        Script reply = Script.json(200, "{\"usage\":{\"prompt_tokens\":1}}");
        try (var upstream = FaultUpstream.always(reply);
                var gateway = GatewayProcess.ready(before(upstream, folder));
                RawClient client = RawClient.connect(gateway.data(), PATIENCE)) {
            ask(client, false, REQUESTS);

            List<String> calls = loopCalls(gateway, traced, () -> ask(client, false, REQUESTS));

            double each = (double) calls.size() / REQUESTS;
            Figures.note("6.2", "system calls of a request", each, "", Promise.atMost(8));
            assertThat(each).as(sample(calls)).isBetween(4.0, 8.0);
        }
    }

    @Test
    void a_burst_of_events_is_written_once_per_read(@TempDir Path folder, @TempDir Path traced)
            throws IOException {
        int bursts = 50;
        String event = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word\"}}]}\n\n";
        Script reply = Script.events(event.repeat(100) + "data: [DONE]\n\n").endOfChunks();
        try (var upstream = FaultUpstream.always(reply);
                var gateway = GatewayProcess.ready(before(upstream, folder));
                RawClient client = RawClient.connect(gateway.data(), PATIENCE)) {
            ask(client, true, bursts);

            List<String> calls = loopCalls(gateway, traced, () -> ask(client, true, bursts));

            String up = ":" + upstream.address().getPort() + "]";
            String down = ":" + gateway.data().getPort() + "->";
            long reads = calls.stream().filter(READ.asMatchPredicate()).filter(has(up)).count();
            long writes = calls.stream().filter(WRITE.asMatchPredicate()).filter(has(down)).count();
            double each = (double) writes / reads;
            Figures.note("6.2", "writes to the client per read", each, "", Promise.atMost(1.1));
            assertThat(reads).as(sample(calls)).isGreaterThanOrEqualTo(bursts);
            assertThat(writes).as(sample(calls)).isGreaterThanOrEqualTo(bursts);
            assertThat(each).as(sample(calls)).isLessThanOrEqualTo(1.1);
        }
    }

    private static Predicate<String> has(String part) {
        return line -> line.contains(part);
    }

    /// Calls of the thread that made the most of them: the client's one connection has one loop.
    private static List<String> loopCalls(GatewayProcess gateway, Path folder, Asking asking)
            throws IOException {
        try (SystemCalls traced = SystemCalls.of(gateway.pid(), folder)) {
            asking.run();
            Map<String, List<String>> threads =
                    traced.stop().stream()
                            .collect(Collectors.groupingBy(line -> line.split(" ", 2)[0]));
            return threads.values().stream()
                    .max(Comparator.comparingInt(List::size))
                    .orElseThrow(() -> new AssertionError("strace saw nothing"));
        }
    }

    private interface Asking {
        void run() throws IOException;
    }

    private static void ask(RawClient client, boolean stream, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            client.request(
                    "POST /v1/chat/completions HTTP/1.1",
                    PacedLoad.fields(),
                    PacedLoad.body("any", stream));
            assertThat(client.response().status()).isEqualTo(200);
        }
    }

    private static String sample(List<String> calls) {
        int middle = calls.size() / 2;
        return String.join("\n", calls.subList(middle, Math.min(calls.size(), middle + 40)));
    }

    private static Path before(FaultUpstream upstream, Path folder) {
        return LoadUpstream.before(Manifests.simulated(folder), upstream.address(), "").folder();
    }
}
