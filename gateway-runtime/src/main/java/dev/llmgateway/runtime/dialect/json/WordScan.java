package dev.llmgateway.runtime.dialect.json;

import java.nio.charset.StandardCharsets;

/// The words `true`, `false` and `null`, byte by byte.
final class WordScan {
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private byte[] word = NULL;
    private int read;

    /// Begins the word of a kind; its first byte was read.
    void start(JsonKind kind) {
        word =
                switch (kind) {
                    case True -> TRUE;
                    case False -> FALSE;
                    case Null, Object, Array, String, Number -> NULL;
                };
        read = 1;
    }

    /// @return whether the byte is the word's next
    boolean accepts(byte c) {
        return read < word.length && c == word[read++];
    }

    boolean complete() {
        return read == word.length;
    }
}
