package dev.llmgateway.e2e;

import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Clients that ask the same question again and again until they are told to stop, each on a
/// connection that it keeps as long as the server does. No request is repeated: whatever is not a
/// whole 200 is a failure.
final class SteadyLoad implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI base;
    private final String body;
    private final String end;
    private final Duration pause;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();
    private final List<Thread> workers = new ArrayList<>();

    /// @param end what a whole reply contains near its end
    private SteadyLoad(URI base, String body, String end, Duration pause) {
        this.base = base;
        this.body = body;
        this.end = end;
        this.pause = pause;
    }

    /// @param rate requests a second of all clients together, while replies are fast
    static SteadyLoad ofShortRequests(URI base, int clients, int rate) {
        Duration pause = Duration.ofSeconds(1).multipliedBy(clients).dividedBy(rate);
        String question = Api.question("simulated-echo", "Hello", false);
        return new SteadyLoad(base, question, "\"stop_reason\"", pause).start(clients);
    }

    /// Slow streams, a new one as soon as one has ended.
    static SteadyLoad ofStreams(URI base, int clients) {
        String question =
                Api.question("simulated-slow", "one two three four five six seven eight", true);
        return new SteadyLoad(base, question, "message_stop", Duration.ZERO).start(clients);
    }

    private SteadyLoad start(int clients) {
        for (int i = 0; i < clients; i++) {
            workers.add(Thread.ofVirtual().start(this::work));
        }
        return this;
    }

    private void work() {
        @Nullable RawClient client = null;
        try {
            do {
                client = ask(client);
            } while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            close(client);
        }
    }

    /// The connection to use next; null when the server, or a failure, ended this one.
    private @Nullable RawClient ask(@Nullable RawClient open) {
        RawClient client = open;
        try {
            begun.incrementAndGet();
            client = client == null ? RawClient.connect(base, PATIENCE) : client;
            client.request(
                    "POST /v1/messages HTTP/1.1",
                    "x-api-key: " + Manifests.KEY + "\r\ncontent-type: application/json\r\n",
                    body);
            HttpMessage reply = client.response();
            if (reply.status() != 200 || !reply.body().contains(end)) {
                failures.add("request " + begun + ": " + reply.wire());
            }
            done.incrementAndGet();
            boolean keep = reply.field("connection").filter("close"::equalsIgnoreCase).isEmpty();
            if (keep) {
                return client;
            }
        } catch (IOException e) {
            failures.add(
                    "request "
                            + begun
                            + (open == null ? " on a new" : " on a kept")
                            + " connection: "
                            + e);
        }
        close(client);
        return null;
    }

    private void close(@Nullable RawClient client) {
        if (client == null) {
            return;
        }
        try {
            client.close();
        } catch (IOException e) {
            failures.add("closing: " + e);
        }
    }

    int begun() {
        return begun.get();
    }

    /// Requests answered so far.
    int done() {
        return done.get();
    }

    /// Lets running requests end, then tells what failed.
    List<String> failuresAtEnd() {
        close();
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        stop.countDown();
        for (Thread worker : workers) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
