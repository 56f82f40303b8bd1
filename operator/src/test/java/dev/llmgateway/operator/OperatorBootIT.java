package dev.llmgateway.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/// The application as Quarkus builds it: it starts without a cluster and serves its management port
/// alone.
@QuarkusTest
class OperatorBootIT {
    @TestHTTPResource(value = "health/live", management = true)
    URI live;

    @TestHTTPResource(value = "metrics", management = true)
    URI metrics;

    @Test
    void livenessAndMetricsAreServedOnTheManagementPort() throws Exception {
        assertThat(get(live).statusCode()).isEqualTo(200);
        assertThat(get(live).body()).contains("\"status\": \"UP\"");
        assertThat(get(metrics).body()).contains("jvm_memory_used_bytes");
    }

    private static HttpResponse<String> get(URI uri) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
