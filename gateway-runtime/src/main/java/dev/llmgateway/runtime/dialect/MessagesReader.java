package dev.llmgateway.runtime.dialect;

import com.fasterxml.jackson.core.JsonParser;
import dev.llmgateway.runtime.dialect.sse.SseFrame;
import java.io.IOException;

/// Anthropic's stream. Its clients ignore frames without an `event` line, and so does this.
final class MessagesReader implements StreamReader {
    @Override
    public void read(SseFrame frame, StreamFacts facts) {
        if (frame.eventIs("content_block_delta") || frame.eventIs("content_block_start")) {
            facts.content();
        } else if (frame.eventIs("message_start") || frame.eventIs("message_delta")) {
            TolerantJson.object(frame.data(), (name, json) -> member(name, json, facts));
        } else if (frame.eventIs("message_stop")) {
            facts.end();
        } else if (frame.eventIs("error")) {
            TolerantJson.object(frame.data(), (name, json) -> ErrorMember.read(name, json, facts));
            facts.error();
            facts.end();
        }
    }

    @Override
    public boolean namesModel(SseFrame frame) {
        return frame.eventIs("message_start");
    }

    @Override
    public String modelParent() {
        return "message";
    }

    private static void member(String name, JsonParser json, StreamFacts facts) throws IOException {
        switch (name) {
            case "message", "delta" ->
                    TolerantJson.members(json, (inner, value) -> message(inner, value, facts));
            case "usage" -> facts.tally.read(json);
            default -> json.skipChildren();
        }
    }

    /// Some upstreams put whole blocks and the stop reason into `message_start`.
    private static void message(String name, JsonParser json, StreamFacts facts)
            throws IOException {
        switch (name) {
            case "usage" -> facts.tally.read(json);
            case "stop_reason" -> {
                if (!TolerantJson.text(json).isEmpty()) {
                    facts.stopSeen();
                }
            }
            case "content" -> {
                if (TolerantJson.filled(json)) {
                    facts.content();
                }
            }
            default -> json.skipChildren();
        }
    }
}
