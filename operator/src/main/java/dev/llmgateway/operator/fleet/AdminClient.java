package dev.llmgateway.operator.fleet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Asks the admin ports of pods. They get the gateway's admin token and never one of Kubernetes.
final class AdminClient implements AutoCloseable {
    /// A pod answers after 30 s at the latest.
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /// A report of 5,000 keys and 200 accounts has less than 1 MB.
    private static final long MOST_BYTES = 16 << 20;

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    /// Waits until there is something behind the step, or the pod's patience ends.
    ///
    /// @param after the last step seen; -1: tell everything
    /// @throws IOException with a text for people, without the token
    ReportPage report(PodRef.Admin admin, String token, long after)
            throws IOException, InterruptedException {
        String host = admin.host().contains(":") ? "[" + admin.host() + "]" : admin.host();
        URI address = URI.create("http://" + host + ":" + admin.port() + "/report?after=" + after);
        HttpRequest request =
                HttpRequest.newBuilder(address)
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + token)
                        .build();
        HttpResponse<String> answer =
                client.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
        return switch (answer.statusCode()) {
            case 200 -> ReportPage.parse(answer.body());
            case 401 -> throw new IOException("the pod does not know the admin token yet");
            default -> throw new IOException("the admin port answered " + answer.statusCode());
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
