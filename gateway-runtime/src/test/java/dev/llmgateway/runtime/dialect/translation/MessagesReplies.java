package dev.llmgateway.runtime.dialect.translation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Replies of a Messages upstream: one Message, as a document and as the stream of it that
/// Anthropic would send.
final class MessagesReplies {
    private static final ObjectMapper JSON = new ObjectMapper();

    private MessagesReplies() {}

    static ReplyContext context(boolean includeUsage) {
        return new ReplyContext("", 1, includeUsage, 0, false, true);
    }

    /// @param content the blocks, as JSON
    /// @param end members that tell the end, such as `"stop_reason":"end_turn"`
    static String document(String content, String end) {
        return "{\"id\":\"msg_a1\",\"type\":\"message\",\"role\":\"assistant\","
                + "\"model\":\"claude-x\",\"content\":["
                + content
                + "],"
                + end
                + ",\"usage\":{\"input_tokens\":9,\"cache_creation_input_tokens\":100,"
                + "\"cache_read_input_tokens\":3400,\"output_tokens\":7,"
                + "\"output_tokens_details\":{\"thinking_tokens\":2}}}";
    }

    /// The stream of a document.
    ///
    /// @param piece characters of each delta
    static String stream(String document, int piece) {
        ObjectNode message = (ObjectNode) tree(document);
        JsonNode content = message.get("content");
        ObjectNode end = JSON.createObjectNode();
        for (String member : new String[] {"stop_reason", "stop_sequence", "stop_details"}) {
            end.set(member, message.path(member).isMissingNode() ? null : message.get(member));
            message.putNull(member);
        }
        JsonNode usage = message.get("usage");
        ObjectNode first = usage.deepCopy();
        first.put("output_tokens", 1).remove("output_tokens_details");
        message.set("usage", first);
        message.putArray("content");
        StringBuilder out = new StringBuilder();
        event("message_start", JSON.createObjectNode().set("message", message), out);
        for (int i = 0; i < content.size(); i++) {
            block(i, (ObjectNode) content.get(i), piece, out);
        }
        ObjectNode last = JSON.createObjectNode();
        last.set("delta", end);
        last.set("usage", usage);
        event("message_delta", last, out);
        event("message_stop", JSON.createObjectNode(), out);
        return out.toString();
    }

    private static void block(int index, ObjectNode block, int piece, StringBuilder out) {
        ObjectNode opened = block.deepCopy();
        switch (block.get("type").asText()) {
            case "text" -> {
                opened.put("text", "").remove("citations");
                start(index, opened, out);
                deltas(index, "text_delta", "text", block.get("text").asText(), piece, out);
                for (JsonNode citation : block.path("citations")) {
                    ObjectNode delta = JSON.createObjectNode().put("type", "citations_delta");
                    delta.set("citation", citation);
                    delta(index, delta, out);
                }
            }
            case "thinking" -> {
                start(index, opened.put("thinking", "").put("signature", ""), out);
                String text = block.get("thinking").asText();
                deltas(index, "thinking_delta", "thinking", text, piece, out);
                String signature = block.get("signature").asText();
                deltas(index, "signature_delta", "signature", signature, 1_000, out);
            }
            case "tool_use" -> {
                opened.putObject("input");
                start(index, opened, out);
                String input = block.get("input").isEmpty() ? "" : block.get("input").toString();
                deltas(index, "input_json_delta", "partial_json", "", piece, out);
                deltas(index, "input_json_delta", "partial_json", input, piece, out);
            }
            default -> start(index, opened, out);
        }
        event("content_block_stop", JSON.createObjectNode().put("index", index), out);
    }

    private static void start(int index, ObjectNode block, StringBuilder out) {
        ObjectNode event = JSON.createObjectNode().put("index", index);
        event("content_block_start", event.set("content_block", block), out);
    }

    private static void deltas(
            int index, String type, String member, String text, int piece, StringBuilder out) {
        int[] points = text.codePoints().toArray();
        for (int from = 0; from == 0 || from < points.length; from += piece) {
            String part = new String(points, from, Math.min(piece, points.length - from));
            delta(index, JSON.createObjectNode().put("type", type).put(member, part), out);
        }
    }

    private static void delta(int index, ObjectNode delta, StringBuilder out) {
        ObjectNode event = JSON.createObjectNode().put("index", index);
        event("content_block_delta", event.set("delta", delta), out);
    }

    private static void event(String type, JsonNode members, StringBuilder out) {
        ObjectNode event = JSON.createObjectNode().put("type", type);
        event.setAll((ObjectNode) members);
        out.append("event: ").append(type).append("\ndata: ").append(event).append("\n\n");
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
