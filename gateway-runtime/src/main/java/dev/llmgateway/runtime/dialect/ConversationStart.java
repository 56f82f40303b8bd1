package dev.llmgateway.runtime.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.llmgateway.runtime.dialect.json.ConversationMarks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.IntFunction;

/// What a body says about the conversation it goes on with (translation.md 2.9). Everything empty
/// that is not there.
///
/// @param userId `metadata.user_id`
/// @param previousResponse `previous_response_id`
/// @param hash of the texts of the system prompt and the turns up to the user's first, without what
///   moves from turn to turn (`cache_control`)
public record ConversationStart(
        String userId, String promptCacheKey, String previousResponse, String hash) {
    /// Characters that are hashed: two conversations that begin with so much in common share a
    /// cache anyway.
    private static final int MOST_HASHED = 16 << 10;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /// @param body a validated body, from an offset on
    public static ConversationStart read(ConversationMarks marks, IntFunction<InputStream> body) {
        try {
            String userId = userId(marks.metadata(), body);
            String key = text(marks.promptCacheKey(), body);
            String previous = text(marks.previousResponse(), body);
            boolean named = !userId.isEmpty() || !key.isEmpty() || !previous.isEmpty();
            return new ConversationStart(
                    userId, key, previous, named ? "" : new Hash().of(marks, body));
        } catch (IOException e) {
            throw new UncheckedIOException("a validated body could not be read", e);
        }
    }

    private static String userId(int metadata, IntFunction<InputStream> body) throws IOException {
        if (metadata < 0) {
            return "";
        }
        try (JsonParser json = at(metadata, body)) {
            String[] found = {""};
            TolerantJson.members(
                    json,
                    (name, value) -> {
                        if (name.equals("user_id")) {
                            found[0] = TolerantJson.text(value);
                        } else {
                            value.skipChildren();
                        }
                    });
            return found[0];
        }
    }

    private static String text(int offset, IntFunction<InputStream> body) throws IOException {
        if (offset < 0) {
            return "";
        }
        try (JsonParser json = at(offset, body)) {
            return TolerantJson.text(json);
        }
    }

    private static JsonParser at(int offset, IntFunction<InputStream> body) throws IOException {
        JsonParser json = TolerantJson.FACTORY.createParser(body.apply(offset));
        json.nextToken();
        return json;
    }

    /// FNV-1a over the characters of texts, with a mark between two.
    private static final class Hash {
        private long hash = FNV_OFFSET;
        private int hashed;

        String of(ConversationMarks marks, IntFunction<InputStream> body) throws IOException {
            if (marks.turns() < 0) {
                return "";
            }
            if (marks.system() >= 0) {
                try (JsonParser json = at(marks.system(), body)) {
                    texts(json);
                }
            }
            try (JsonParser json = at(marks.turns(), body)) {
                turns(json);
            }
            return hashed == 0 ? "" : Long.toHexString(hash);
        }

        private void turns(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                texts(json);
                return;
            }
            boolean user = false;
            while (!user
                    && hashed < MOST_HASHED
                    && json.nextToken() != null
                    && json.currentToken() != JsonToken.END_ARRAY) {
                user = texts(json);
            }
        }

        /// Adds the texts of the value that the parser stands on; whether it is a user's turn.
        private boolean texts(JsonParser json) throws IOException {
            boolean user = false;
            int open = 0;
            do {
                JsonToken token = json.currentToken();
                if (token == JsonToken.VALUE_STRING) {
                    String text = json.getText();
                    user |= open == 1 && text.equals("user") && "role".equals(json.currentName());
                    add(text);
                } else if (token == JsonToken.FIELD_NAME
                        && json.currentName().equals("cache_control")) {
                    json.nextToken();
                    json.skipChildren();
                } else if (token.isStructStart()) {
                    open++;
                } else if (token.isStructEnd()) {
                    open--;
                }
            } while (open > 0 && json.nextToken() != null);
            return user;
        }

        private void add(String text) {
            int length = Math.min(text.length(), MOST_HASHED - hashed);
            for (int i = 0; i < length; i++) {
                hash = (hash ^ text.charAt(i)) * FNV_PRIME;
            }
            hash = (hash ^ 0xffff) * FNV_PRIME;
            hashed += Math.max(0, length);
        }
    }
}
