package dev.llmgateway.runtime.dialect.translation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonEscapes;
import dev.llmgateway.runtime.model.Slice;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.Optional;

/// Files of text that come in base64.
public final class TextFile {
    private TextFile() {}

    public static boolean is(String mediaType) {
        return mediaType.startsWith("text/");
    }

    /// The file's text, escaped; empty: it is not base64 of UTF-8.
    public static Optional<Slice> read(Slice data) {
        try {
            byte[] bytes =
                    Base64.getDecoder().decode(JsonCursor.decoded(data).getBytes(ISO_8859_1));
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            JsonBytes escaped = new JsonBytes();
            JsonEscapes.escape(Slice.whole(bytes), escaped);
            return Optional.of(escaped.slice());
        } catch (IllegalArgumentException | CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
