package dev.llmgateway.runtime.dialect.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Puts a Messages stream together as the official SDKs do, and as strictly: dense indices, deltas
/// of open blocks only, one signature that comes last, arguments that are JSON, a final stop.
final class MessageFold {
    private final Map<Integer, StringBuilder> arguments = new TreeMap<>();
    private final Map<Integer, Boolean> open = new TreeMap<>();
    private ObjectNode message = (ObjectNode) Chat.tree("{}");
    private boolean stopped;

    private MessageFold() {}

    /// @return the Message, with `usage` as the stream told it last
    static JsonNode of(String stream) {
        MessageFold fold = new MessageFold();
        for (JsonNode frame : frames(stream)) {
            fold.frame(frame);
        }
        check(fold.stopped, "no message_stop");
        return fold.message;
    }

    /// The data of each frame, its type checked against the event's name.
    static List<JsonNode> frames(String stream) {
        List<JsonNode> frames = new ArrayList<>();
        for (String frame : stream.split("\n\n", -1)) {
            if (frame.isEmpty()) {
                continue;
            }
            String[] lines = frame.split("\n", -1);
            check(lines.length == 2 && lines[0].startsWith("event: "), "two lines: " + frame);
            check(lines[1].startsWith("data: "), "data: " + frame);
            JsonNode data = Chat.tree(lines[1].substring(6));
            check(data.path("type").asText().equals(lines[0].substring(7)), "type: " + frame);
            frames.add(data);
        }
        return frames;
    }

    private void frame(JsonNode data) {
        check(!stopped, "a frame behind the end");
        int index = data.path("index").asInt();
        switch (data.path("type").asText()) {
            case "message_start" -> {
                check(message.isEmpty(), "a second start");
                message = (ObjectNode) data.get("message");
            }
            case "content_block_start" -> {
                check(index == content().size(), "a gap before " + index);
                content().add(data.get("content_block"));
                open.put(index, true);
            }
            case "content_block_delta" -> delta(index, data.get("delta"));
            case "content_block_stop" -> stop(index);
            case "message_delta" -> {
                check(open.isEmpty(), "blocks are open");
                message.setAll((ObjectNode) data.get("delta"));
                ((ObjectNode) message.get("usage")).setAll((ObjectNode) data.get("usage"));
            }
            case "message_stop" -> stopped = true;
            default -> throw new AssertionError("unknown frame " + data);
        }
    }

    private ArrayNode content() {
        return (ArrayNode) message.get("content");
    }

    private void delta(int index, JsonNode delta) {
        check(open.containsKey(index), "not open: " + index);
        ObjectNode block = (ObjectNode) content().get(index);
        String type = delta.path("type").asText();
        check(block.path("signature").asText().isEmpty(), "something behind the signature");
        switch (type) {
            case "text_delta" -> append(block, "text", delta);
            case "thinking_delta" -> append(block, "thinking", delta);
            case "signature_delta" -> append(block, "signature", delta);
            case "input_json_delta" ->
                    arguments
                            .computeIfAbsent(index, _ -> new StringBuilder())
                            .append(delta.get("partial_json").asText());
            default -> throw new AssertionError("unknown delta " + delta);
        }
    }

    private static void append(ObjectNode block, String name, JsonNode delta) {
        check(block.has(name), "no block for " + delta);
        block.put(name, block.get(name).asText() + delta.get(name).asText());
    }

    private void stop(int index) {
        check(open.remove(index) != null, "not open: " + index);
        ObjectNode block = (ObjectNode) content().get(index);
        check(!block.path("signature").asText("x").isEmpty(), "no signature");
        if (arguments.containsKey(index)) {
            block.set("input", Chat.tree(String.valueOf(arguments.get(index))));
        }
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new AssertionError(message);
        }
    }
}
