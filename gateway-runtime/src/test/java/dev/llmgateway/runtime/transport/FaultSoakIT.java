package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.upstream.Received;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many clients at once against an upstream that misbehaves in every known way, while some clients
/// leave inside their request or reply: nobody ever sees a byte of somebody else's, and nothing is
/// held in the end (reliability-security.md R11, R12).
@Timeout(60)
class FaultSoakIT {
    private static final int CLIENTS = 24;
    private static final int REQUESTS = 60;
    private static final int FAULTS = 21;
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private final List<String> foreign = new CopyOnWriteArrayList<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger whole = new AtomicInteger();

    @Test
    void nobodySeesBytesOfSomebodyElseAndNothingIsLeft() throws Exception {
        long seed = new Random().nextLong();
        try (EdgeFixture edge = EdgeFixture.start(this::misbehave);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            edge.timeouts(new CallTimeouts(2_000, 2_000, 500, 500, 0, 5_000));
            List<Future<?>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int number = client;
                clients.add(
                        threads.submit(() -> {
                            soak(edge, number, new Random(seed + number));
                            return number;
                        }));
            }
            for (Future<?> client : clients) {
                await(client, seed);
            }
            edge.awaitQuiet();

            assertThat(foreign).as("seed %d", seed).isEmpty();
            assertThat(answers.get()).isGreaterThan(CLIENTS * REQUESTS / 2);
            assertThat(whole.get()).isGreaterThan(CLIENTS * REQUESTS / 8);
        }
        Leaks.assertNoneAfterCollection();
    }

    private static void await(Future<?> client, long seed) throws InterruptedException {
        try {
            client.get();
        } catch (ExecutionException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private void soak(EdgeFixture edge, int client, Random random) throws IOException {
        RawClient connection = edge.client();
        for (int i = 0; i < REQUESTS; i++) {
            String id = client + "-" + i + "-";
            String fields = "x-id: " + id + "\r\nx-fault: " + random.nextInt(FAULTS) + "\r\n";
            try {
                connection.request("POST /soak HTTP/1.1", fields, id);
                if (random.nextInt(10) == 0) {
                    leave(connection, random);
                    connection = edge.client();
                } else {
                    check(id, connection.response());
                }
            } catch (EOFException | SocketException _) {
                connection.close(); // the reply was cut, as it should be
                connection = edge.client();
            }
        }
        connection.close();
    }

    private static void leave(RawClient connection, Random random) throws IOException {
        switch (random.nextInt(3)) {
            case 0 -> connection.reset();
            case 1 -> connection.close();
            default -> {
                connection.reader().line(); // a first line of the reply, or the end
                connection.reset();
            }
        }
    }

    private void check(String id, HttpMessage answer) {
        answers.incrementAndGet();
        boolean failed = answer.status() == 502 && answer.field("x-failure").isPresent();
        boolean own = answer.field("x-id").filter(id::equals).isPresent();
        if (!failed && (!own || !answer.body().replace(id, "").isEmpty())) {
            foreign.add(id + " got " + answer);
        }
        if (own && !answer.body().isEmpty()) {
            whole.incrementAndGet();
        }
    }

    private Script misbehave(Received request) {
        String id = request.message().field("x-id").orElse("nobody");
        if (!request.message().body().equals(id)) {
            foreign.add("the upstream was sent " + request.message());
        }
        int fault = Integer.parseInt(request.message().field("x-fault").orElse("0"));
        return fault < 10 ? whole(fault, id) : broken(fault, id);
    }

    /// Replies that reach the client, whatever comes before or behind them.
    private static Script whole(int fault, String id) {
        String mark = "x-id: " + id + "\r\n";
        String reply = OK + mark + "content-length: " + id.length() + "\r\n\r\n" + id;
        String chunk = Integer.toHexString(id.length()) + "\r\n" + id + "\r\n";
        String chunks = OK + mark + "transfer-encoding: chunked\r\n\r\n" + chunk + chunk;
        return switch (fault) {
            case 0 -> write(chunks + "0\r\n\r\n");
            case 1 -> write("HTTP/1.1 102 Processing\r\n\r\n").then(pause(5), Step.write(reply));
            case 2 -> write("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(3) + reply);
            case 3 -> write("HTTP/1.1 204 No Content\r\n" + mark + "\r\nstray");
            case 4 -> write(reply + "stray");
            case 5 -> write(reply).then(pause(3), Step.write("stray"));
            case 6 -> write(reply.replace(mark, mark + "connection: close\r\n"));
            case 7 -> write(OK + mark + "\r\n" + id).then(new Step.End());
            case 8 -> write(chunks + "0\r\nx-trailer: nobody\r\n\r\n");
            case 9 -> write(chunks + "0\r\n\r\n").cutEvery(7, Duration.ofMillis(1));
            default -> write(reply);
        };
    }

    /// Replies that must not pass for whole ones.
    private static Script broken(int fault, String id) {
        String mark = "x-id: " + id + "\r\n";
        String half = OK + mark + "content-length: 1000\r\n\r\n" + id;
        String chunk = Integer.toHexString(id.length()) + "\r\n" + id + "\r\n";
        String chunks = OK + mark + "transfer-encoding: chunked\r\n\r\n" + chunk;
        return switch (fault) {
            case 10 -> write(chunks).then(new Step.End());
            case 11 -> write(chunks).then(pause(2), new Step.Reset());
            case 12 -> write(half).then(new Step.End());
            case 13 -> write(half).then(pause(2), new Step.Reset());
            case 14 -> Script.of(new Step.End());
            case 15 -> Script.of(new Step.Reset());
            case 16 -> write("HTTP/1.1 101 Switching Protocols\r\n\r\n");
            case 17 -> write(half.replace(mark, "content-length: 1000\r\n"));
            case 18 -> write(half.replace(mark, "transfer-encoding: chunked\r\n"));
            case 19 -> write(chunks + "nonsense\r\n");
            default -> write(chunks).then(new Step.Stall());
        };
    }

    private static Script write(String bytes) {
        return Script.of(Step.write(bytes));
    }

    private static Step pause(long millis) {
        return EdgeFixture.later(millis);
    }
}
