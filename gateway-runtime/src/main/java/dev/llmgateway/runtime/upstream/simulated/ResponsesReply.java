package dev.llmgateway.runtime.upstream.simulated;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// OpenAI Responses (translation.md 4.5).
final class ResponsesReply implements ReplyFormat {
    @Override
    public ObjectNode whole(Script script) {
        return finished(script);
    }

    @Override
    public List<byte[]> stream(Script script) {
        ResponsesStream stream = started(script);
        int index = 0;
        if (!script.thinking().isEmpty()) {
            stream.reasoning(index++, ResponsesItems.reasoning(script), script.thinking());
        }
        if (!script.text().isEmpty()) {
            stream.message(index, ResponsesItems.message(script, index), script.text());
            index++;
        }
        if (script.call().isPresent()) {
            ObjectNode item = ResponsesItems.call(script, index, script.call().get());
            stream.call(index, item);
        }
        ObjectNode last = finished(script);
        return stream.lifecycle("response." + last.path("status").textValue(), last).all();
    }

    @Override
    public List<byte[]> overloaded(Script script) {
        VendorError error = VendorError.of(503);
        String message = "The server is overloaded.";
        ObjectNode failed = ResponseObject.of(script, "failed");
        failed.set("error", Json.object().put("code", error.openAiCode()).put("message", message));
        return started(script)
                .error(error.openAiError(message))
                .lifecycle("response.failed", failed)
                .all();
    }

    private static ResponsesStream started(Script script) {
        ObjectNode response = ResponseObject.of(script, "in_progress");
        return new ResponsesStream()
                .lifecycle("response.created", response)
                .lifecycle("response.in_progress", response);
    }

    private static ObjectNode finished(Script script) {
        boolean cut = script.finish() == Script.Finish.Length;
        ObjectNode response = ResponseObject.of(script, cut ? "incomplete" : "completed");
        if (cut) {
            response.set("incomplete_details", Json.object().put("reason", "max_output_tokens"));
        }
        ArrayNode output = Json.array();
        if (!script.thinking().isEmpty()) {
            output.add(ResponsesItems.reasoning(script));
        }
        if (!script.text().isEmpty()) {
            output.add(ResponsesItems.message(script, output.size()));
        }
        script.call().ifPresent(c -> output.add(ResponsesItems.call(script, output.size(), c)));
        response.set("output", output);
        return response.set("usage", ResponseObject.usage(script));
    }
}
