package dev.llmgateway.runtime.dialect;

import com.fasterxml.jackson.core.JsonParser;
import dev.llmgateway.runtime.dialect.sse.SseFrame;
import java.io.IOException;

/// OpenAI's Responses stream. An `error` event does not end it: `response.failed` follows, and
/// Codex waits for that.
final class ResponsesReader implements StreamReader {
    @Override
    public void read(SseFrame frame, StreamFacts facts) {
        if (frame.lines() == 0) {
            return;
        }
        facts.counted();
        if (frame.eventEndsWith(".delta")) {
            facts.content();
            return;
        }
        switch (type(frame)) {
            case "response.created" -> lifecycle(frame, facts);
            case "response.output_item.added" -> facts.content();
            case "response.completed", "response.incomplete" -> {
                lifecycle(frame, facts);
                facts.end();
            }
            case "response.failed" -> {
                lifecycle(frame, facts);
                facts.error();
                facts.end();
            }
            case "error" -> {
                TolerantJson.object(
                        frame.data(), (name, json) -> ErrorMember.read(name, json, facts));
                facts.error();
            }
            case String other when other.endsWith(".delta") -> facts.content();
            default -> {}
        }
    }

    @Override
    public boolean namesModel(SseFrame frame) {
        if (frame.lines() == 0 || frame.eventEndsWith(".delta")) {
            return false;
        }
        return switch (type(frame)) {
            case "response.created",
                    "response.queued",
                    "response.in_progress",
                    "response.completed",
                    "response.incomplete",
                    "response.failed" ->
                    true;
            default -> false;
        };
    }

    @Override
    public String modelParent() {
        return "response";
    }

    /// Clients go by the `type` of the data; some upstreams leave the `event` line out.
    private static String type(SseFrame frame) {
        if (frame.hasEvent()) {
            return frame.event();
        }
        String[] type = {""};
        TolerantJson.object(
                frame.data(),
                (name, json) -> {
                    if (name.equals("type")) {
                        type[0] = TolerantJson.text(json);
                    } else {
                        json.skipChildren();
                    }
                });
        return type[0];
    }

    private static void lifecycle(SseFrame frame, StreamFacts facts) {
        TolerantJson.object(
                frame.data(),
                (name, json) -> {
                    if (name.equals("response")) {
                        TolerantJson.members(json, (inner, value) -> response(inner, value, facts));
                    } else {
                        json.skipChildren();
                    }
                });
    }

    private static void response(String name, JsonParser json, StreamFacts facts)
            throws IOException {
        switch (name) {
            case "id" -> facts.created(TolerantJson.text(json));
            case "usage" -> facts.tally.read(json);
            default -> ErrorMember.read(name, json, facts);
        }
    }
}
