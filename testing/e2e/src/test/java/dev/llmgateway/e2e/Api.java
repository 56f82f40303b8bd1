package dev.llmgateway.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Single calls of a gateway, as a plain HTTP client makes them.
final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();

    private Api() {}

    /// Body of a Messages request with one user text; also a valid Chat request.
    static String question(String model, String text, boolean stream) {
        return JSON.createObjectNode()
                .put("model", model)
                .put("max_tokens", 200)
                .put("stream", stream)
                .set(
                        "messages",
                        JSON.createArrayNode()
                                .add(
                                        JSON.createObjectNode()
                                                .put("role", "user")
                                                .put("content", text)))
                .toString();
    }

    static HttpResponse<String> post(
            URI base, String path, String header, String value, String body) {
        return send(
                HttpRequest.newBuilder(base.resolve(path))
                        .header("content-type", "application/json")
                        .header(header, value)
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    static HttpResponse<String> get(URI base, String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    /// Status of a short Messages request with that key.
    static int status(URI base, String key) {
        return post(
                        base,
                        "/v1/messages",
                        "x-api-key",
                        key,
                        question("simulated-echo", "Hello", false))
                .statusCode();
    }

    /// The admin port's `/plan`.
    static JsonNode plan(URI admin) {
        return json(get(admin, "/plan").body());
    }

    /// The diagnostics of `/plan`, one a line.
    static String problems(URI admin) {
        StringBuilder lines = new StringBuilder();
        plan(admin).path("problems").forEach(each -> lines.append(each.asText()).append('\n'));
        return lines.toString();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("not JSON: " + text, e);
        }
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(
                    request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
