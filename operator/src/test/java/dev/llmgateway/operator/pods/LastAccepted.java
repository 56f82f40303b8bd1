package dev.llmgateway.operator.pods;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Clients that show a key to every pod again and again, and remember when each last took it.
final class LastAccepted implements AutoCloseable {
    private final ConcurrentMap<URI, Long> times = new ConcurrentHashMap<>();
    private final List<Thread> clients;
    private volatile boolean ends;

    LastAccepted(Tenant tenant, List<URI> pods, String key) {
        clients =
                pods.stream()
                        .map(pod -> Thread.ofVirtual().start(() -> ask(tenant.http(), pod, key)))
                        .toList();
    }

    private void ask(PodHttp http, URI pod, String key) {
        while (!ends) {
            if (http.status(pod, "/v1/models", Tenant.field(key)) == 200) {
                times.put(pod, System.nanoTime());
            }
        }
    }

    /// By pod, as [System#nanoTime()].
    Map<URI, Long> times() {
        return Map.copyOf(times);
    }

    @Override
    public void close() {
        ends = true;
        for (Thread client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }
}
