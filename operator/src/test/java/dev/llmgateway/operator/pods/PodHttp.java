package dev.llmgateway.operator.pods;

import dev.llmgateway.cluster.TestNode;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/// Requests to addresses in a test node's network, each on a connection of its own.
record PodHttp(TestNode node) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static URI address(Pod pod, int port) {
        return URI.create("http://" + pod.getStatus().getPodIP() + ":" + port);
    }

    /// @param fieldLines each with its CRLF
    HttpMessage get(URI server, String path, String fieldLines) throws IOException {
        try (RawClient client = connect(server)) {
            return client.request("GET " + path + " HTTP/1.1", fieldLines, "").response();
        }
    }

    HttpMessage post(URI server, String path, String fieldLines, String body) throws IOException {
        try (RawClient client = connect(server)) {
            return client.request(
                            "POST " + path + " HTTP/1.1",
                            "content-type: application/json\r\n" + fieldLines,
                            body)
                    .response();
        }
    }

    /// Status of the answer; 0 when there is none.
    int status(URI server, String path, String fieldLines) {
        try {
            return get(server, path, fieldLines).status();
        } catch (IOException _) {
            return 0;
        }
    }

    RawClient connect(URI server) throws IOException {
        return RawClient.connect(server, PATIENCE, node.network());
    }
}
