package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.TimeoutPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.figures.Figures;
import dev.llmgateway.fixtures.figures.Promise;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.MessageReader;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import dev.llmgateway.runtime.fixture.Plans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Time limits of a call (goal R6): none strikes before its setting, none later than a second after
/// it, and what keeps a stream alive keeps it only as long as it is good for something.
class TimersIT {
    private static final long SETTING = 400;
    private static final long LATE = 1_000;
    private static final long NEVER = 600_000;
    private static final String PING = "event: ping\ndata: {\"type\": \"ping\"}\n\n";
    private static final String COMMENT = ": upstream is thinking\n\n";

    private static final VendorStream MESSAGES = VendorStream.of(WireFormat.Messages, "up");

    private static TimeoutPlan timeouts(
            long firstByte, long response, long idle, long noContent, long total) {
        return new TimeoutPlan(5_000, 5_000, firstByte, response, idle, noContent, total);
    }

    private static GatewayPlan plan(FaultUpstream upstream, TimeoutPlan timeouts) {
        return GatewayFixture.plan(GatewayFixture.account(upstream).timeouts(timeouts).plan());
    }

    @Test
    void the_first_byte_of_a_stream() throws IOException {
        HttpMessage reply =
                strikes(
                        "first byte",
                        Script.of(new Step.Stall()),
                        timeouts(SETTING, NEVER, NEVER, NEVER, 0),
                        true);

        assertThat(reply.status()).isEqualTo(504);
    }

    @Test
    void the_whole_reply_of_a_request_without_streaming() throws IOException {
        HttpMessage reply =
                strikes(
                        "response",
                        Script.of(new Step.Stall()),
                        timeouts(NEVER, SETTING, NEVER, NEVER, 0),
                        false);

        assertThat(reply.status()).isEqualTo(504);
    }

    @Test
    void a_timeout_on_a_kept_connection_is_not_asked_again() throws IOException {
        AtomicLong asked = new AtomicLong();
        try (var upstream =
                        FaultUpstream.start(_ ->
                                asked.incrementAndGet() == 1
                                        ? Script.json(200, "{}")
                                        : Script.of(new Step.Stall()));
                var gateway =
                        GatewayFixture.serving(
                                plan(upstream, timeouts(NEVER, SETTING, NEVER, NEVER, 0)))) {
            String body = "{\"model\":\"up\"}";
            assertThat(gateway.post("/v1/messages", body).status()).isEqualTo(200);

            HttpMessage reply = gateway.post("/v1/messages", body);

            assertThat(reply.status()).isEqualTo(504);
            assertThat(upstream.received()).hasSize(2);
            assertThat(upstream.received().getLast().connection()).isEqualTo(1);
        }
    }

    @Test
    void silence_in_a_stream() throws IOException {
        HttpMessage reply =
                strikes(
                        "stream idle",
                        messages(2).then(new Step.Stall()),
                        timeouts(NEVER, NEVER, SETTING, NEVER, 0),
                        true);

        assertBroken(reply);
    }

    @Test
    void the_total_of_a_stream_that_never_falls_silent() throws IOException {
        Script drip = messages(2);
        for (int i = 0; i < 200; i++) {
            drip = drip.then(pause(20), chunk(delta(i)));
        }

        HttpMessage reply =
                strikes("total", drip, timeouts(NEVER, NEVER, NEVER, NEVER, SETTING), true);

        assertBroken(reply);
        assertThat(reply.text()).contains("word 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {PING, COMMENT})
    void signs_of_life_alone_do_not_keep_a_stream(String sign) throws IOException {
        Script alive = messages(3);
        for (int i = 0; i < 200; i++) {
            alive = alive.then(pause(20), chunk(sign));
        }

        // Each sign is within the idle limit; the limit on silence could never end this stream.
        HttpMessage reply =
                strikes("no content", alive, timeouts(NEVER, NEVER, 200, SETTING, 0), true);

        assertBroken(reply);
        assertThat(reply.text()).contains(sign.strip() + "\n\n" + sign.strip());
    }

    @ParameterizedTest
    @EnumSource(names = {"Messages", "ChatCompletions", "Responses"})
    void content_keeps_a_stream_however_slowly_it_comes(WireFormat format) throws IOException {
        String[] words = new String[6];
        Arrays.setAll(words, i -> "word " + i + " ");
        VendorStream stream = VendorStream.of(format, "up", words);
        Script slow = stream.until(0);
        for (String event : stream.events()) {
            slow = slow.then(pause(75), chunk(COMMENT), pause(75), chunk(event));
        }
        // From content to content 150 ms; all of it together takes far longer than the limit.
        try (var upstream = FaultUpstream.always(slow.endOfChunks());
                var gateway =
                        GatewayFixture.serving(
                                plan(upstream, timeouts(NEVER, NEVER, 250, 800, 0)))) {

            HttpMessage reply = gateway.post(stream.path(), VendorStream.request("up"));

            assertThat(reply.text().replace(COMMENT, "")).isEqualTo(stream.text());
        }
    }

    /// Half an hour of one token a minute, on a clock that the test turns.
    @Test
    void a_long_stream_of_steady_tokens_is_never_cut() throws IOException {
        int minutes = 31;
        AtomicLong turned = new AtomicLong();
        Semaphore token = new Semaphore(0);
        try (ServerSocket upstream = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var gateway =
                        GatewayFixture.timedBy(
                                GatewayFixture.plan(
                                        Plans.account("upstream")
                                                .at("http://127.0.0.1:" + upstream.getLocalPort())
                                                .plan()),
                                () -> GatewayFixture.millis() + turned.get());
                RawClient client = gateway.client()) {
            Thread.ofVirtual().start(() -> tokens(upstream, token, minutes));
            client.request(
                    "POST /v1/messages HTTP/1.1",
                    GatewayFixture.FIELDS,
                    VendorStream.request("up"));
            await(client, "content_block_start");
            for (int minute = 0; minute < minutes; minute++) {
                long then = gateway.loopTime() + 60_000;
                turned.addAndGet(60_000);
                Poll.untilTrue(
                        GatewayFixture.PATIENCE,
                        () -> "the loop's clock runs",
                        () -> gateway.loopTime() > then);

                token.release();
                await(client, "word " + minute + "\"");
            }

            token.release();
            await(client, "message_stop");
            assertThat(gateway.log(1).getFirst().path("outcome").asText()).isEqualTo("served");
        }
    }

    /// Serves one stream: a token whenever it is let.
    private static void tokens(ServerSocket server, Semaphore token, int count) {
        try (Socket socket = server.accept()) {
            new MessageReader(socket.getInputStream()).request();
            write(socket, messages(2));
            for (int i = 0; i < count; i++) {
                token.acquire();
                write(socket, Script.of(chunk(delta(i))));
            }
            token.acquire();
            write(socket, Script.of(chunk(MESSAGES.events().getLast())).endOfChunks());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(Socket socket, Script script) throws IOException {
        for (Step step : script.steps()) {
            if (step instanceof Step.Write(String bytes)) {
                socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static void await(RawClient client, String text) throws IOException {
        String line;
        do {
            line = client.reader().line();
        } while (!line.contains(text));
    }

    @Test
    void a_stream_without_content_still_gets_a_status_when_its_time_is_up() throws IOException {
        Script alive = messages(1);
        for (int i = 0; i < 100; i++) {
            alive = alive.then(pause(20), chunk(PING));
        }

        HttpMessage reply =
                strikes("no content", alive, timeouts(NEVER, NEVER, 200, SETTING, 0), true);

        assertThat(reply.status()).isEqualTo(504);
    }

    @ParameterizedTest
    @EnumSource(names = {"Messages", "ChatCompletions", "Responses"})
    void a_silent_stream_gets_heartbeats_its_clients_understand(WireFormat format)
            throws IOException {
        VendorStream stream = VendorStream.of(format, "up", "Hel", "lo");
        Script script =
                stream.until(0)
                        .then(pause(300), chunk(stream.events().get(0)), pause(700))
                        .then(chunk(stream.events().get(1).substring(0, 20)), pause(700))
                        .then(chunk(stream.events().get(1).substring(20)));
        for (String event : stream.events().subList(2, stream.events().size())) {
            script = script.then(chunk(event));
        }
        String beat = format == WireFormat.Messages ? PING : ": keep-alive\n\n";
        try (var upstream = FaultUpstream.always(script.then(pause(700)).endOfChunks());
                var gateway = GatewayFixture.beating(plan(upstream, TimeoutPlan.DEFAULT), 200)) {

            String text = gateway.post(stream.path(), VendorStream.request("up")).text();

            // None inside an event, none behind the end; one may come before the first event.
            assertThat(text.replace(beat, "")).isEqualTo(stream.text());
            assertThat(text).endsWith(last(stream));
            assertThat(text.split(Pattern.quote(beat), -1).length - 1).isBetween(4, 9);
        }
    }

    private static String last(VendorStream stream) {
        return stream.events().getLast();
    }

    @Test
    void no_heartbeat_follows_an_error_and_none_goes_into_a_json_reply() throws IOException {
        Script json =
                Script.of(
                        Step.write(
                                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
                                        + "content-length: 8\r\n\r\n{\"a\":"),
                        pause(400),
                        Step.write("12}"));
        try (var upstream = FaultUpstream.always(json);
                var gateway = GatewayFixture.beating(plan(upstream, TimeoutPlan.DEFAULT), 100)) {
            assertThat(gateway.post("/v1/messages", VendorStream.request("up")).text())
                    .isEqualTo("{\"a\":12}");
        }
        try (var upstream = FaultUpstream.always(messages(2).then(new Step.Stall()));
                var gateway =
                        GatewayFixture.beating(
                                plan(upstream, timeouts(NEVER, NEVER, 500, NEVER, 0)), 100)) {
            String text = gateway.post("/v1/messages", VendorStream.request("up")).text();

            assertThat(text).contains(PING + PING);
            assertThat(text.substring(text.indexOf("event: error"))).doesNotContain("ping");
        }
    }

    /// The reply to one call that this limit ends; and that it did so in its time.
    private static HttpMessage strikes(
            String limit, Script script, TimeoutPlan timeouts, boolean stream) throws IOException {
        try (var upstream = FaultUpstream.always(script);
                var gateway = GatewayFixture.serving(plan(upstream, timeouts))) {
            long start = GatewayFixture.millis();

            HttpMessage reply =
                    gateway.post("/v1/messages", "{\"model\":\"up\",\"stream\":" + stream + "}");

            long late = GatewayFixture.millis() - start - SETTING;
            Figures.note(
                    "R6", limit + ": after its setting", (double) late, "ms", Promise.atMost(LATE));
            assertThat(late).as("milliseconds after its setting").isBetween(0L, 5 * LATE);
            assertThat(gateway.log(1)).hasSize(1);
            return reply;
        }
    }

    private static void assertBroken(HttpMessage reply) {
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text())
                .contains("event: error\n")
                .contains("did not answer in time")
                .doesNotContain("message_stop");
    }

    /// Head and first events of a Messages stream.
    private static Script messages(int events) {
        return MESSAGES.until(events);
    }

    private static String delta(int number) {
        return VendorStream.of(WireFormat.Messages, "up", "word " + number).events().get(2);
    }

    private static Step chunk(String event) {
        return Script.events(event).steps().getLast();
    }

    private static Step pause(long millis) {
        return new Step.Pause(Duration.ofMillis(millis));
    }
}
