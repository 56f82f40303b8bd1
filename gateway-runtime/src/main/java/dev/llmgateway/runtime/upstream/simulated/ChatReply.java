package dev.llmgateway.runtime.upstream.simulated;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// OpenAI Chat Completions (translation.md 4.4). As at OpenAI, a stream tells its usage only when
/// `stream_options.include_usage` asks for it.
final class ChatReply implements ReplyFormat {
    @Override
    public ObjectNode whole(Script script) {
        ObjectNode message = Json.object().put("role", "assistant");
        if (script.call().isPresent()) {
            message.putNull("content");
        } else {
            message.put("content", script.joinedText());
        }
        message.putNull("refusal").set("annotations", Json.array());
        if (!script.thinking().isEmpty()) {
            message.put("reasoning_content", script.joinedThinking());
        }
        script.call().ifPresent(c -> message.set("tool_calls", Json.array(toolCall(script, c))));
        ObjectNode choice = Json.object().put("index", 0);
        choice.set("message", message);
        choice.putNull("logprobs").put("finish_reason", OpenAiUsage.finishReason(script));
        ObjectNode reply = header(script, "chat.completion");
        reply.set("choices", Json.array(choice));
        return reply.set("usage", OpenAiUsage.of(script));
    }

    @Override
    public List<byte[]> stream(Script script) {
        Frames frames = start(script);
        for (String word : script.thinking()) {
            frames.data(chunk(script, Json.object().put("reasoning_content", word)));
        }
        for (String word : script.text()) {
            frames.data(chunk(script, Json.object().put("content", word)));
        }
        if (script.call().isPresent()) {
            Script.Call call = script.call().get();
            ObjectNode opened = toolCall(script, new Script.Call(call.name(), ""));
            frames.data(chunk(script, toolDelta(indexed().setAll(opened))));
            ObjectNode arguments = Json.object().put("arguments", call.arguments());
            frames.data(chunk(script, toolDelta(indexed().set("function", arguments))));
        }
        ObjectNode last = chunk(script, Json.object());
        ((ObjectNode) last.path("choices").path(0))
                .put("finish_reason", OpenAiUsage.finishReason(script));
        frames.data(last);
        if (script.prompt().includeUsage()) {
            ObjectNode usage = header(script, "chat.completion.chunk");
            usage.set("choices", Json.array());
            frames.data(usage.set("usage", OpenAiUsage.of(script)));
        }
        return frames.done().all();
    }

    @Override
    public List<byte[]> overloaded(Script script) {
        return start(script)
                .data(VendorError.of(503).openAiBody("The server is overloaded."))
                .done()
                .all();
    }

    private static Frames start(Script script) {
        ObjectNode role = Json.object().put("role", "assistant").put("content", "");
        return new Frames().data(chunk(script, role));
    }

    private static ObjectNode chunk(Script script, ObjectNode delta) {
        ObjectNode choice = Json.object().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs").putNull("finish_reason");
        ObjectNode chunk = header(script, "chat.completion.chunk");
        chunk.set("choices", Json.array(choice));
        return script.prompt().includeUsage() ? chunk.putNull("usage") : chunk;
    }

    private static ObjectNode header(Script script, String object) {
        return Json.object()
                .put("id", "chatcmpl-" + script.prompt().id())
                .put("object", object)
                .put("created", CREATED)
                .put("model", script.prompt().model());
    }

    private static ObjectNode toolCall(Script script, Script.Call call) {
        ObjectNode node = Json.object().put("id", "call_" + script.prompt().id());
        ObjectNode function = Json.object().put("name", call.name());
        return node.put("type", "function")
                .set("function", function.put("arguments", call.arguments()));
    }

    private static ObjectNode toolDelta(ObjectNode call) {
        return Json.object().set("tool_calls", Json.array(call));
    }

    private static ObjectNode indexed() {
        return Json.object().put("index", 0);
    }
}
