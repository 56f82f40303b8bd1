package dev.llmgateway.runtime.dialect.json;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The reader the scanner is compared with: one document and nothing behind it.
final class StrictJackson {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private StrictJackson() {}

    /// Null: refused, or nothing there.
    static @Nullable JsonNode read(byte[] body) {
        try {
            JsonNode tree = MAPPER.readTree(body);
            return tree.isMissingNode() ? null : tree;
        } catch (IOException e) {
            return null;
        }
    }
}
