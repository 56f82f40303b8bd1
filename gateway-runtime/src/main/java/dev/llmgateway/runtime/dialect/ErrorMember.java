package dev.llmgateway.runtime.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.llmgateway.runtime.model.RetryAfter;
import java.io.IOException;

/// The `error` member of an event: an object with `type` and `code`, a plain text, or `null`, which
/// is none.
final class ErrorMember {
    /// Longest wait that anything is made of.
    private static final long MOST_WAIT_MILLIS = 86_400_000;

    private ErrorMember() {}

    /// Notes it if this member is one; passes others over.
    static void read(String name, JsonParser json, StreamFacts facts) throws IOException {
        if (!name.equals("error") || json.currentToken() == JsonToken.VALUE_NULL) {
            json.skipChildren();
            return;
        }
        String[] kinds = {"", "", ""};
        TolerantJson.members(
                json,
                (inner, value) -> {
                    switch (inner) {
                        case "code" -> kinds[0] = TolerantJson.text(value);
                        case "type" -> kinds[1] = TolerantJson.text(value);
                        case "message" -> kinds[2] = TolerantJson.text(value);
                        default -> value.skipChildren();
                    }
                });
        facts.error(
                kinds[0].isEmpty() ? kinds[1] : kinds[0],
                RetryAfter.said(kinds[2], MOST_WAIT_MILLIS));
    }
}
