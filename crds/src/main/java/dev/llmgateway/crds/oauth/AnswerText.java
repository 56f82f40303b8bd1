package dev.llmgateway.crds.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Reads the JSON of identity providers, whatever it is.
final class AnswerText {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// No token lives longer than ten years; a larger figure is a mistake.
    private static final long MOST_SECONDS = 10L * 365 * 86_400;

    private AnswerText() {}

    /// Missing where it is no JSON object.
    static JsonNode json(byte[] body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node != null && node.isObject() ? node : MissingNode.getInstance();
        } catch (IOException _) {
            return MissingNode.getInstance(); // what a parser says could quote a token
        }
    }

    /// Its `error` code; empty: none. Some providers write `{"error": {"type": …}}`.
    static String error(JsonNode json) {
        JsonNode error = json.path("error");
        String text = error.isObject() ? error.path("type").asText("") : error.asText("");
        return text.isEmpty() ? "" : ErrorWord.of(text);
    }

    static String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isTextual() ? value.textValue() : "";
    }

    /// A number, or a number as text.
    static Optional<Duration> seconds(JsonNode json, String field) {
        JsonNode value = json.path(field);
        double seconds = value.isNumber() || value.isTextual() ? value.asDouble(-1) : -1;
        return seconds >= 0 && seconds <= MOST_SECONDS
                ? Optional.of(Duration.ofSeconds((long) seconds))
                : Optional.empty();
    }

    /// A `retry-after` in seconds; its form as a date is not in use at token endpoints.
    static Optional<Duration> delay(String header) {
        try {
            long seconds = Long.parseLong(header.strip());
            return seconds >= 0 && seconds <= MOST_SECONDS
                    ? Optional.of(Duration.ofSeconds(seconds))
                    : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
