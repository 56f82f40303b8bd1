package dev.llmgateway.operator.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// The program of `helm test`: it comes in the operator's image, so that the test needs no other.
public final class ServingCheck {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(250);

    /// A new key reaches gateways in a second; their pods may still be starting.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .build();
    private final String key;
    private final long end;

    private ServingCheck(String key, Duration patience) {
        this.key = key;
        this.end = System.nanoTime() + patience.toNanos();
    }

    /// @param urls each must answer 200; those that want a key get that of the variable `KEY`
    /// @throws IllegalStateException one does not within two minutes; says its last answer
    public static void main(String[] urls) throws InterruptedException {
        await(Map.copyOf(System.getenv()).getOrDefault("KEY", ""), PATIENCE, urls);
    }

    static void await(String key, Duration patience, String... urls) throws InterruptedException {
        ServingCheck check = new ServingCheck(key, patience);
        for (String url : urls) {
            check.await(URI.create(url));
        }
    }

    private void await(URI url) throws InterruptedException {
        String answer = answer(url);
        while (!answer.equals("200")) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException(url + ": " + answer);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            answer = answer(url);
        }
    }

    /// Its status, or why there is none.
    private String answer(URI url) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(CONNECT);
        if (!key.isEmpty()) {
            request.header("x-api-key", key);
        }
        try {
            return Integer.toString(
                    client.send(request.build(), BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            return e.toString();
        }
    }
}
