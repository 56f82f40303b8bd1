package dev.llmgateway.runtime.dialect.translation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// Folds a Chat stream into the document it stands for, as strictly as the official clients'
/// accumulators (translation.md 4.6).
final class ChatFold {
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();
    private final ObjectNode message = JsonNodeFactory.instance.objectNode();
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final List<ObjectNode> calls = new ArrayList<>();
    private String finish = "";

    private ChatFold() {}

    /// @throws AssertionError when a client would throw
    static JsonNode of(String stream) {
        ChatFold fold = new ChatFold();
        List<JsonNode> chunks = chunks(stream);
        assertThat(chunks.getFirst().at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        chunks.forEach(fold::chunk);
        return fold.document();
    }

    /// The payloads before `[DONE]`, which ends the stream.
    static List<JsonNode> chunks(String stream) {
        assertThat(stream).startsWith("data: ").endsWith("data: [DONE]\n\n");
        List<JsonNode> chunks = new ArrayList<>();
        for (String frame : stream.stripTrailing().split("\n\n", -1)) {
            assertThat(frame).startsWith("data: ").doesNotContain("\n");
            String payload = frame.substring("data: ".length());
            if (!payload.equals("[DONE]")) {
                chunks.add(MessagesReplies.tree(payload));
            }
        }
        return chunks;
    }

    private void chunk(JsonNode chunk) {
        for (String constant : List.of("id", "object", "created", "model")) {
            JsonNode known = document.path(constant);
            assertThat(known.isMissingNode() || known.equals(chunk.get(constant))).isTrue();
            document.set(constant, chunk.get(constant));
        }
        for (JsonNode choice : chunk.get("choices")) {
            assertThat(finish).isEmpty();
            assertThat(choice.get("index").asInt()).isZero();
            delta((ObjectNode) choice.get("delta"));
            finish = choice.get("finish_reason").asText("");
        }
        if (chunk.path("usage").isObject()) {
            document.set("usage", chunk.get("usage"));
        }
    }

    private void delta(ObjectNode delta) {
        for (var member : delta.properties()) {
            switch (member.getKey()) {
                case "content" -> content.append(member.getValue().asText());
                case "reasoning_content" -> reasoning.append(member.getValue().asText());
                case "tool_calls" -> member.getValue().forEach(this::call);
                default -> message.set(member.getKey(), member.getValue());
            }
        }
    }

    private void call(JsonNode call) {
        ObjectNode piece = call.deepCopy();
        int index = piece.remove("index").asInt();
        if (index == calls.size()) {
            assertThat(piece.get("type").asText()).isIn("function", "custom");
            calls.add(piece);
            return;
        }
        ObjectNode open = calls.get(index);
        String kind = open.get("type").asText();
        String argument = kind.equals("custom") ? "input" : "arguments";
        ObjectNode inner = (ObjectNode) open.get(kind);
        assertThat(piece.properties()).hasSize(1);
        String more = piece.get(kind).get(argument).asText();
        inner.put(argument, inner.get(argument).asText() + more);
    }

    private JsonNode document() {
        assertThat(finish).isNotEmpty();
        if (content.isEmpty() && !calls.isEmpty()) {
            message.putNull("content");
        } else {
            message.put("content", content.toString());
        }
        if (!message.has("refusal")) {
            message.putNull("refusal");
        }
        if (!reasoning.isEmpty()) {
            message.put("reasoning_content", reasoning.toString());
        }
        if (!calls.isEmpty()) {
            ArrayNode all = message.putArray("tool_calls");
            calls.forEach(all::add);
        }
        document.put("object", "chat.completion");
        ObjectNode choice = document.putArray("choices").addObject();
        choice.put("index", 0).putNull("logprobs").put("finish_reason", finish);
        choice.set("message", message);
        return document;
    }
}
