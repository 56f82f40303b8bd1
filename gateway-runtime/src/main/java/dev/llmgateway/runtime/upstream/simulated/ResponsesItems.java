package dev.llmgateway.runtime.upstream.simulated;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Completed output items.
final class ResponsesItems {
    private ResponsesItems() {}

    static ObjectNode reasoning(Script script) {
        ObjectNode item = Json.object().put("id", "rs_" + script.prompt().id() + "_0");
        item.put("type", "reasoning").set("summary", Json.array(summary(script.joinedThinking())));
        return item.put("encrypted_content", "simulated" + script.prompt().id());
    }

    static ObjectNode message(Script script, int index) {
        ObjectNode item = Json.object().put("id", "msg_" + script.prompt().id() + "_" + index);
        item.put("type", "message").put("status", "completed").put("role", "assistant");
        return item.set("content", Json.array(part(script.joinedText())));
    }

    static ObjectNode call(Script script, int index, Script.Call call) {
        return Json.object()
                .put("id", "fc_" + script.prompt().id() + "_" + index)
                .put("type", "function_call")
                .put("status", "completed")
                .put("call_id", "call_" + script.prompt().id())
                .put("name", call.name())
                .put("arguments", call.arguments());
    }

    static ObjectNode summary(String text) {
        return Json.typed("summary_text").put("text", text);
    }

    static ObjectNode part(String text) {
        ObjectNode part = Json.typed("output_text");
        part.set("annotations", Json.array());
        return part.put("text", text).set("logprobs", Json.array());
    }
}
