package dev.llmgateway.runtime.upstream.simulated;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Anthropic Messages (translation.md 4.3).
final class MessagesReply implements ReplyFormat {
    @Override
    public ObjectNode whole(Script script) {
        ArrayNode content = Json.array();
        if (!script.thinking().isEmpty()) {
            content.add(thinking(script.joinedThinking(), signature(script)));
        }
        if (!script.text().isEmpty()) {
            content.add(text(script.joinedText()));
        }
        script.call()
                .ifPresent(call -> {
                    ObjectNode block = toolUse(script, call);
                    block.set("input", Json.parseOwn(call.arguments()));
                    content.add(block);
                });
        ObjectNode message = message(script);
        message.set("content", content);
        message.put("stop_reason", stopReason(script));
        ObjectNode usage = (ObjectNode) message.path("usage");
        usage.put("output_tokens", script.outputTokens());
        usage.set("output_tokens_details", details(script));
        return message;
    }

    @Override
    public List<byte[]> stream(Script script) {
        Frames frames = start(script);
        int index = 0;
        if (!script.thinking().isEmpty()) {
            open(frames, index, thinking("", ""));
            for (String word : script.thinking()) {
                delta(frames, index, Json.typed("thinking_delta").put("thinking", word));
            }
            delta(frames, index, Json.typed("signature_delta").put("signature", signature(script)));
            close(frames, index++);
        }
        if (!script.text().isEmpty()) {
            open(frames, index, text(""));
            for (String word : script.text()) {
                delta(frames, index, Json.typed("text_delta").put("text", word));
            }
            close(frames, index++);
        }
        if (script.call().isPresent()) {
            Script.Call call = script.call().get();
            open(frames, index, toolUse(script, call));
            delta(
                    frames,
                    index,
                    Json.typed("input_json_delta").put("partial_json", call.arguments()));
            close(frames, index);
        }
        return frames.event(messageDelta(script)).event(Json.typed("message_stop")).all();
    }

    @Override
    public List<byte[]> overloaded(Script script) {
        return start(script)
                .event(VendorError.of(529).anthropicBody("Overloaded", script.prompt().id()))
                .all();
    }

    private static Frames start(Script script) {
        ObjectNode event = Json.typed("message_start");
        event.set("message", message(script));
        return new Frames().event(event);
    }

    private static void open(Frames frames, int index, ObjectNode block) {
        ObjectNode event = Json.typed("content_block_start").put("index", index);
        frames.event(event.set("content_block", block));
    }

    private static void delta(Frames frames, int index, ObjectNode delta) {
        ObjectNode event = Json.typed("content_block_delta").put("index", index);
        frames.event(event.set("delta", delta));
    }

    private static void close(Frames frames, int index) {
        frames.event(Json.typed("content_block_stop").put("index", index));
    }

    private static ObjectNode messageDelta(Script script) {
        ObjectNode delta = Json.object().put("stop_reason", stopReason(script));
        delta.putNull("stop_sequence").putNull("stop_details").putNull("container");
        ObjectNode usage =
                Json.object()
                        .put("input_tokens", script.prompt().inputTokens())
                        .put("cache_creation_input_tokens", 0)
                        .put("cache_read_input_tokens", 0)
                        .put("output_tokens", script.outputTokens());
        usage.set("output_tokens_details", details(script));
        usage.putNull("server_tool_use");
        ObjectNode event = Json.typed("message_delta");
        event.set("delta", delta);
        return event.set("usage", usage);
    }

    /// The message before anything was said: no content, no stop reason, no output counted.
    private static ObjectNode message(Script script) {
        ObjectNode message = Json.object().put("id", "msg_" + script.prompt().id());
        message.put("type", "message").put("role", "assistant");
        message.put("model", script.prompt().model());
        message.set("content", Json.array());
        message.putNull("container").putNull("diagnostics").putNull("stop_details");
        message.putNull("stop_reason").putNull("stop_sequence");
        ObjectNode usage =
                Json.object()
                        .put("input_tokens", script.prompt().inputTokens())
                        .put("cache_creation_input_tokens", 0)
                        .put("cache_read_input_tokens", 0)
                        .putNull("cache_creation")
                        .put("output_tokens", 0);
        usage.putNull("output_tokens_details").putNull("server_tool_use");
        usage.putNull("service_tier").putNull("inference_geo").putNull("speed");
        return message.set("usage", usage);
    }

    private static ObjectNode thinking(String words, String signature) {
        return Json.typed("thinking").put("thinking", words).put("signature", signature);
    }

    private static ObjectNode text(String words) {
        return Json.typed("text").put("text", words).putNull("citations");
    }

    /// With the empty `input` every stream starts with.
    private static ObjectNode toolUse(Script script, Script.Call call) {
        ObjectNode block = Json.typed("tool_use").put("id", "toolu_" + script.prompt().id());
        block.put("name", call.name()).set("input", Json.object());
        return block.set("caller", Json.typed("direct"));
    }

    private static String signature(Script script) {
        return "simulated" + script.prompt().id();
    }

    private static ObjectNode details(Script script) {
        return Json.object().put("thinking_tokens", script.thinkingTokens());
    }

    private static String stopReason(Script script) {
        return switch (script.finish()) {
            case Stop -> "end_turn";
            case Length -> "max_tokens";
            case ToolCall -> "tool_use";
        };
    }
}
