package dev.llmgateway.runtime.upstream.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the prompt's texts in the bodies of all formats.
final class PromptText {
    /// Members whose texts a model would read, in any format.
    private static final Set<String> TEXTS =
            Set.of(
                    "system",
                    "instructions",
                    "messages",
                    "input",
                    "prompt",
                    "content",
                    "text",
                    "output",
                    "thinking",
                    "arguments");

    /// Deeper than any real prompt; bodies come from clients.
    private static final int MAX_DEPTH = 64;

    private PromptText() {}

    /// UTF-8 bytes of every text the model reads.
    static long bytes(JsonNode body) {
        return bytes(body, 0);
    }

    private static long bytes(JsonNode node, int depth) {
        if (node.isTextual()) {
            return node.textValue().getBytes(StandardCharsets.UTF_8).length;
        }
        long sum = 0;
        if (depth < MAX_DEPTH && node.isArray()) {
            for (JsonNode item : node) {
                sum += bytes(item, depth + 1);
            }
        } else if (depth < MAX_DEPTH) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                sum += TEXTS.contains(member.getKey()) ? bytes(member.getValue(), depth + 1) : 0;
            }
        }
        return sum;
    }

    static String lastUserText(JsonNode body) {
        if (body.path("prompt").isTextual()) {
            return body.path("prompt").textValue();
        }
        if (body.path("prompt").isArray()) {
            return body.path("prompt").path(0).asText("");
        }
        if (body.path("input").isTextual()) {
            return body.path("input").textValue();
        }
        String last = "";
        for (JsonNode item : conversation(body)) {
            String text =
                    item.path("role").asText().equals("user") ? text(item.path("content")) : "";
            last = text.isEmpty() ? last : text;
        }
        return last;
    }

    /// Tool results: `tool_result` blocks, messages of role `tool`, `*_call_output` items.
    static Optional<String> lastToolResult(JsonNode body) {
        Optional<String> last = Optional.empty();
        for (JsonNode item : conversation(body)) {
            if (item.path("role").asText().equals("tool")) {
                last = Optional.of(text(item.path("content")));
            } else if (item.path("type").asText().endsWith("_call_output")) {
                last = Optional.of(text(item.path("output")));
            }
            for (JsonNode block : item.path("content")) {
                if (block.path("type").asText().equals("tool_result")) {
                    last = Optional.of(text(block.path("content")));
                }
            }
        }
        return last;
    }

    private static JsonNode conversation(JsonNode body) {
        return body.has("messages") ? body.path("messages") : body.path("input");
    }

    /// A text as it is, or the texts of its parts joined.
    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder joined = new StringBuilder();
        for (JsonNode part : content) {
            joined.append(part.path("text").asText(""));
        }
        return joined.toString();
    }
}
