package dev.llmgateway.runtime.dialect.json;

/// Where a [JsonTokenizer] stands. Plain ints: its loop compares them per token, and their order
/// groups them.
final class JsonState {
    static final int VALUE = 0;
    static final int VALUE_OR_END = 1;
    static final int KEY = 2;
    static final int KEY_OR_END = 3;
    static final int COLON = 4;
    static final int NEXT = 5;
    static final int DONE = 6;
    static final int STRING = 7;
    static final int NUMBER = 8;
    static final int WORD = 9;
    static final int STOPPED = 10;
    static final int FAILED = 11;

    private JsonState() {}

    /// What should have come in a state that takes structure.
    static String expected(int state) {
        return switch (state) {
            case VALUE, VALUE_OR_END -> "expected a value";
            case KEY, KEY_OR_END -> "expected a member name";
            case COLON -> "expected a colon";
            case NEXT -> "expected a comma or the end of the object or list";
            default -> "bytes after the document";
        };
    }
}
