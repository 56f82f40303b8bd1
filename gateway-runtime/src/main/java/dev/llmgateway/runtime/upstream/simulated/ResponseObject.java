package dev.llmgateway.runtime.upstream.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The `response` object: the request's own values echoed, nothing put out yet.
final class ResponseObject {
    private ResponseObject() {}

    static ObjectNode of(Script script, String status) {
        JsonNode body = script.prompt().body();
        ObjectNode response =
                Json.object()
                        .put("id", "resp_" + script.prompt().id())
                        .put("object", "response")
                        .put("created_at", ReplyFormat.CREATED)
                        .put("status", status)
                        .putNull("error")
                        .putNull("incomplete_details");
        echo(response, body, "instructions", "null");
        echo(response, body, "max_output_tokens", "null");
        response.put("model", script.prompt().model()).set("output", Json.array());
        echo(response, body, "parallel_tool_calls", "true");
        response.putNull("previous_response_id");
        echo(response, body, "reasoning", "{\"effort\":null,\"summary\":null}");
        response.put("store", false);
        echo(response, body, "temperature", "1.0");
        echo(response, body, "top_p", "1.0");
        echo(response, body, "text", "{\"format\":{\"type\":\"text\"}}");
        echo(response, body, "tool_choice", "\"auto\"");
        echo(response, body, "tools", "[]");
        response.put("truncation", "disabled").putNull("usage").putNull("user");
        echo(response, body, "metadata", "{}");
        return response.putNull("access_programs");
    }

    static ObjectNode usage(Script script) {
        int input = script.prompt().inputTokens();
        ObjectNode usage = Json.object().put("input_tokens", input);
        usage.set(
                "input_tokens_details",
                Json.object().put("cached_tokens", 0).put("cache_write_tokens", 0));
        usage.put("output_tokens", script.outputTokens());
        usage.set(
                "output_tokens_details",
                Json.object().put("reasoning_tokens", script.thinkingTokens()));
        return usage.put("total_tokens", input + script.outputTokens());
    }

    private static void echo(ObjectNode response, JsonNode body, String name, String absent) {
        JsonNode sent = body.path(name);
        boolean none = sent.isMissingNode() || sent.isNull();
        response.set(name, none ? Json.parseOwn(absent) : sent);
    }
}
