package dev.llmgateway.runtime.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.llmgateway.runtime.dialect.sse.SseFrame;
import java.io.IOException;

/// OpenAI's Chat stream, and that of legacy completions. Once content has begun, a chunk is parsed
/// only when a search of its quotes finds usage, a finish reason or an error.
final class ChatReader implements StreamReader {
    @Override
    public void read(SseFrame frame, StreamFacts facts) {
        if (frame.dataIs("[DONE]")) {
            facts.end();
            return;
        }
        boolean errorEvent = frame.eventIs("error");
        if (frame.lines() > 0
                && (errorEvent || !facts.sawContent() || ChunkHints.worthParsing(frame))) {
            TolerantJson.object(frame.data(), (name, json) -> member(name, json, facts));
        } else if (frame.lines() > 0) {
            facts.content(); // unparsed behind the first content: more of it
        }
        if (errorEvent) {
            facts.error();
        }
        if (facts.sawError()) {
            facts.end();
        }
    }

    @Override
    public boolean namesModel(SseFrame frame) {
        return frame.lines() > 0;
    }

    @Override
    public String modelParent() {
        return "";
    }

    private static void member(String name, JsonParser json, StreamFacts facts) throws IOException {
        switch (name) {
            case "usage" -> facts.tally.read(json);
            case "choices" -> choices(json, facts);
            default -> ErrorMember.read(name, json, facts);
        }
    }

    private static void choices(JsonParser json, StreamFacts facts) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            TolerantJson.members(json, (name, value) -> choice(name, value, facts));
        }
    }

    private static void choice(String name, JsonParser json, StreamFacts facts) throws IOException {
        switch (name) {
            case "finish_reason" -> {
                if (!TolerantJson.text(json).isEmpty()) {
                    facts.stopSeen();
                }
            }
            case "text" -> content(json, facts);
            case "delta" ->
                    TolerantJson.members(json, (inner, value) -> delta(inner, value, facts));
            default -> json.skipChildren();
        }
    }

    private static void delta(String name, JsonParser json, StreamFacts facts) throws IOException {
        switch (name) {
            case "content",
                    "reasoning_content",
                    "reasoning",
                    "tool_calls",
                    "function_call",
                    "refusal" ->
                    content(json, facts);
            default -> json.skipChildren();
        }
    }

    private static void content(JsonParser json, StreamFacts facts) throws IOException {
        if (TolerantJson.filled(json)) {
            facts.content();
        }
    }
}
