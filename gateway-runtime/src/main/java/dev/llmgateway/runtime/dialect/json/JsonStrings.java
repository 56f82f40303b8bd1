package dev.llmgateway.runtime.dialect.json;

/// Where strings end, for those who know that one has begun; without garbage.
public final class JsonStrings {
    private final JsonLexer lexer = new JsonLexer();

    /// Index of the quote that closes the string whose inside starts at `from`; -1: it does not end
    /// before `end`, or is no valid inside of a string.
    public int closing(byte[] bytes, int from, int end) {
        lexer.over(bytes, end);
        try {
            return lexer.string(from - 1) - 1;
        } catch (MalformedJson none) {
            return -1;
        }
    }
}
