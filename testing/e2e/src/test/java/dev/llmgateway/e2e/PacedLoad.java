package dev.llmgateway.e2e;

import dev.llmgateway.fixtures.http.RawClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Short requests at a fixed rate for a time, whatever the replies take: latencies count from when
/// each was due.
///
/// @param millis of the replies, sorted
/// @param failures those that were no whole 200
record PacedLoad(List<Double> millis, long failures) {
    private static final int CLIENTS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static PacedLoad run(URI gateway, String model, int rate, Duration length) {
        Queue<Double> millis = new ConcurrentLinkedQueue<>();
        AtomicLong failures = new AtomicLong();
        long start = System.nanoTime();
        long step = Duration.ofSeconds(1).toNanos() * CLIENTS / rate;
        List<Thread> clients =
                IntStream.range(0, CLIENTS)
                        .mapToObj(client -> {
                            long first = start + client * step / CLIENTS;
                            long end = start + length.toNanos();
                            return Thread.ofVirtual()
                                    .start(() ->
                                            ask(
                                                    gateway, model, first, step, end, millis,
                                                    failures));
                        })
                        .toList();
        for (Thread client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return new PacedLoad(millis.stream().sorted().toList(), failures.get());
    }

    private static void ask(
            URI gateway,
            String model,
            long first,
            long step,
            long end,
            Queue<Double> millis,
            AtomicLong failures) {
        @Nullable RawClient client = null;
        for (long due = first; due < end; due += step) {
            LockSupport.parkNanos(due - System.nanoTime());
            try {
                client = client == null ? RawClient.connect(gateway, PATIENCE) : client;
                client.request("POST /v1/chat/completions HTTP/1.1", fields(), body(model, false));
                if (client.response().status() != 200) {
                    failures.incrementAndGet();
                }
                millis.add((System.nanoTime() - due) / 1e6);
            } catch (IOException _) {
                failures.incrementAndGet();
                client = null;
            }
        }
    }

    static String fields() {
        return "x-api-key: " + Manifests.KEY + "\r\ncontent-type: application/json\r\n";
    }

    static String body(String model, boolean stream) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream + ",\"messages\":[]}";
    }

    double p99() {
        return millis.get((int) Math.ceil(millis.size() * 0.99) - 1);
    }
}
