package dev.llmgateway.runtime.dialect.json;

import io.netty.buffer.ByteBuf;

/// Strict RFC 8259 over bytes that arrive in pieces: resumes at every byte, keeps no input, and
/// tells the outer levels to a [JsonEvents]. One pass; string bodies 8 bytes at a time.
public final class JsonTokenizer {
    // Plain ints: the loop below compares them per token, and their order groups them.
    private static final int VALUE = 0;
    private static final int VALUE_OR_END = 1;
    private static final int KEY = 2;
    private static final int KEY_OR_END = 3;
    private static final int COLON = 4;
    private static final int NEXT = 5;
    private static final int DONE = 6;
    private static final int STRING = 7;
    private static final int NUMBER = 8;
    private static final int WORD = 9;
    private static final int STOPPED = 10;
    private static final int FAILED = 11;

    private int watchDepth;
    private final boolean[] objects;
    private final JsonEvents events;
    private final StringScan string = new StringScan();
    private final NumberScan number = new NumberScan();
    private final WordScan word = new WordScan();
    private int state = VALUE;
    private int depth;
    private int base;
    private int position;
    private boolean stringIsKey;
    private boolean captureNext;
    private String failure = "";
    private int failedAt;

    /// @param watchDepth members at this depth and above are told
    /// @param maxDepth open objects and lists at once; more is a failure
    public JsonTokenizer(int watchDepth, int maxDepth, JsonEvents events) {
        this.watchDepth = watchDepth;
        this.objects = new boolean[maxDepth];
        this.events = events;
    }

    /// Changes down to which depth members are told, from the next member on.
    public void watch(int depth) {
        watchDepth = depth;
    }

    /// The number whose end is being told, as a count: 0 for an integer below zero or of more than
    /// 18 digits, -1 for a fraction.
    public long count() {
        return number.count();
    }

    /// Makes it as new, but for the depth that is watched.
    public void reset() {
        state = VALUE;
        depth = 0;
        position = 0;
        captureNext = false;
        failure = "";
        failedAt = 0;
    }

    /// Reads a buffer's readable bytes; its indexes stay.
    public void feed(ByteBuf buffer) {
        feed(buffer, buffer.readerIndex(), buffer.writerIndex());
    }

    /// Reads `buffer[from, end)`.
    public void feed(ByteBuf buffer, int from, int end) {
        if (position > Integer.MAX_VALUE - (end - from)) {
            fail("document of more than 2 GiB", position);
        }
        base = position - from;
        int i = from;
        while (i < end && state < STOPPED) {
            i =
                    switch (state) {
                        case STRING -> string(buffer, i, end);
                        case NUMBER -> number(buffer, i, end);
                        case WORD -> word(buffer, i, end);
                        default -> structure(buffer, i, end);
                    };
        }
        position = base + end;
    }

    /// Leaves out bytes that are no part of the document: the next byte fed has this offset.
    public void moveTo(int offset) {
        position = offset;
    }

    /// Tells that no more bytes come.
    public void finish() {
        if (state == NUMBER && depth == 0 && number.complete()) {
            state = DONE;
            events.valueEnd(0, position, string.text());
        }
        if (state < STOPPED && state != DONE) {
            fail("unexpected end", position);
        }
    }

    /// The document's last byte was read; for a bare number only after [#finish].
    public boolean complete() {
        return state == DONE;
    }

    public boolean failed() {
        return state == FAILED;
    }

    /// Short, without bytes of the document; empty: did not fail.
    public String failure() {
        return failure;
    }

    /// Offset of the byte that cannot be accepted.
    public int failedAt() {
        return failedAt;
    }

    /// For events: refuses the document. The first failure stands.
    public void fail(String reason, int offset) {
        if (state != FAILED) {
            state = FAILED;
            failure = reason;
            failedAt = offset;
        }
    }

    /// For events: nothing more is wanted of this document.
    public void stop() {
        if (state != FAILED) {
            state = STOPPED;
        }
    }

    private int structure(ByteBuf buffer, int from, int end) {
        int i = from;
        while (i < end && state < STRING) {
            byte c = buffer.getByte(i);
            if (!(c == ' ' || c == '\n' || c == '\r' || c == '\t') && !step(c, base + i)) {
                fail(expected(), base + i);
                return i;
            }
            i++;
        }
        return i;
    }

    private boolean step(byte c, int at) {
        return switch (state) {
            case VALUE, VALUE_OR_END -> value(c, at);
            case KEY, KEY_OR_END ->
                    c == '"' ? openKey() : c == '}' && state == KEY_OR_END && pop(at);
            case COLON -> colon(c);
            case NEXT -> next(c, at);
            default -> false;
        };
    }

    private boolean colon(byte c) {
        state = c == ':' ? VALUE : COLON;
        return c == ':';
    }

    private boolean next(byte c, int at) {
        boolean object = objects[depth - 1];
        if (c == ',') {
            state = object ? KEY : VALUE;
            return true;
        }
        return c == (object ? '}' : ']') && pop(at);
    }

    private boolean openKey() {
        stringIsKey = true;
        string.open(depth <= watchDepth);
        state = STRING;
        return true;
    }

    private boolean value(byte c, int at) {
        return switch (c) {
            case '"' -> openString(at);
            case '{' -> push(true, at);
            case '[' -> push(false, at);
            case ']' -> state == VALUE_OR_END && pop(at);
            case 't' -> openWord(JsonKind.True, at);
            case 'f' -> openWord(JsonKind.False, at);
            case 'n' -> openWord(JsonKind.Null, at);
            default -> number.start(c) && open(NUMBER, JsonKind.Number, at);
        };
    }

    private boolean openString(int at) {
        stringIsKey = false;
        string.open(captureNext);
        captureNext = false;
        return open(STRING, JsonKind.String, at);
    }

    private boolean openWord(JsonKind kind, int at) {
        word.start(kind);
        return open(WORD, kind, at);
    }

    private boolean open(int next, JsonKind kind, int at) {
        state = next;
        if (told()) {
            events.valueStart(depth, kind, at);
        }
        return true;
    }

    private boolean push(boolean object, int at) {
        if (depth == objects.length) {
            fail("nested deeper than " + objects.length, at);
            return false;
        }
        open(object ? KEY_OR_END : VALUE_OR_END, object ? JsonKind.Object : JsonKind.Array, at);
        objects[depth++] = object;
        return true;
    }

    private boolean pop(int at) {
        depth--;
        close(at + 1);
        return true;
    }

    private void close(int end) {
        state = depth == 0 ? DONE : NEXT;
        if (told()) {
            events.valueEnd(depth, end, string.text());
        }
    }

    private boolean told() {
        return depth == 0 || (depth <= watchDepth && objects[depth - 1]);
    }

    private int string(ByteBuf buffer, int from, int end) {
        int i = string.scan(buffer, from, end);
        if (!string.problem().isEmpty()) {
            fail(string.problem(), base + i);
        } else if (string.closed() && stringIsKey) {
            state = COLON;
            captureNext = depth <= watchDepth && events.key(depth, string.text());
        } else if (string.closed()) {
            close(base + i);
        }
        return i;
    }

    private int number(ByteBuf buffer, int from, int end) {
        int i = from;
        while (i < end && number.accepts(buffer.getByte(i))) {
            i++;
        }
        if (i < end) {
            if (number.complete()) {
                close(base + i);
            } else {
                fail("bad number", base + i);
            }
        }
        return i;
    }

    private int word(ByteBuf buffer, int from, int end) {
        int i = from;
        while (i < end && !word.complete()) {
            if (!word.accepts(buffer.getByte(i))) {
                fail("unknown word", base + i);
                return i;
            }
            i++;
        }
        if (word.complete()) {
            close(base + i);
        }
        return i;
    }

    private String expected() {
        return switch (state) {
            case VALUE, VALUE_OR_END -> "expected a value";
            case KEY, KEY_OR_END -> "expected a member name";
            case COLON -> "expected a colon";
            case NEXT -> "expected a comma or the end of the object or list";
            default -> "bytes after the document";
        };
    }
}
