package dev.llmgateway.runtime.upstream.simulated;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// OpenAI's legacy completions: text only, so thinking and tool calls are left out.
final class CompletionsReply implements ReplyFormat {
    @Override
    public ObjectNode whole(Script script) {
        ObjectNode reply = chunk(script, script.joinedText());
        finish(reply, script);
        return reply.set("usage", OpenAiUsage.of(script));
    }

    @Override
    public List<byte[]> stream(Script script) {
        Frames frames = new Frames();
        for (String word : script.text()) {
            frames.data(chunk(script, word));
        }
        ObjectNode last = chunk(script, "");
        finish(last, script);
        frames.data(last);
        if (script.prompt().includeUsage()) {
            ObjectNode usage = header(script);
            usage.set("choices", Json.array());
            frames.data(usage.set("usage", OpenAiUsage.of(script)));
        }
        return frames.done().all();
    }

    @Override
    public List<byte[]> overloaded(Script script) {
        return new Frames()
                .data(chunk(script, ""))
                .data(VendorError.of(503).openAiBody("The server is overloaded."))
                .done()
                .all();
    }

    private static ObjectNode header(Script script) {
        return Json.object()
                .put("id", "cmpl-" + script.prompt().id())
                .put("object", "text_completion")
                .put("created", CREATED)
                .put("model", script.prompt().model());
    }

    private static ObjectNode chunk(Script script, String text) {
        ObjectNode choice = Json.object().put("text", text).put("index", 0);
        choice.putNull("logprobs").putNull("finish_reason");
        return header(script).set("choices", Json.array(choice));
    }

    private static void finish(ObjectNode reply, Script script) {
        String reason = script.finish() == Script.Finish.Length ? "length" : "stop";
        ((ObjectNode) reply.path("choices").path(0)).put("finish_reason", reason);
    }
}
