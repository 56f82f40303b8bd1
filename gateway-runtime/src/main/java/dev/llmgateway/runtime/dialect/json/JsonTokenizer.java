package dev.llmgateway.runtime.dialect.json;

import io.netty.buffer.ByteBuf;

/// Strict RFC 8259 over bytes that arrive in pieces: resumes at every byte, keeps no input, and
/// tells the outer levels to a [JsonEvents]. One pass, through a [TextWindow].
public final class JsonTokenizer {
    private int watchDepth;
    private final Nesting nesting;
    private final JsonEvents events;
    private final StringScan string = new StringScan();
    private final NumberScan number = new NumberScan();
    private final WordScan word = new WordScan();
    private int state = JsonState.VALUE;
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
        this.nesting = new Nesting(maxDepth);
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
        state = JsonState.VALUE;
        nesting.clear();
        position = 0;
        captureNext = false;
        failure = "";
    }

    /// Reads `buffer[from, end)`, through a window on the heap: copying costs less than looking at
    /// every byte through a buffer's checks.
    public void feed(ByteBuf buffer, int from, int end) {
        if (position > Integer.MAX_VALUE - (end - from)) {
            fail("document of more than 2 GiB", position);
        }
        TextWindow window = TextWindow.current();
        base = position;
        for (int at = from; at < end && state < JsonState.STOPPED; at += TextWindow.CAPACITY) {
            int count = Math.min(end - at, TextWindow.CAPACITY);
            window.load(buffer, at, count);
            read(window, count);
            base += count;
        }
        position += end - from;
    }

    private void read(TextWindow window, int end) {
        int i = 0;
        while (i < end && state < JsonState.STOPPED) {
            i =
                    switch (state) {
                        case JsonState.STRING -> string(window, i, end);
                        case JsonState.NUMBER -> number(window, i, end);
                        case JsonState.WORD -> word(window, i, end);
                        default -> structure(window, i, end);
                    };
        }
    }

    /// Leaves out bytes that are no part of the document: the next byte fed has this offset.
    public void moveTo(int offset) {
        position = offset;
    }

    /// Tells that no more bytes come.
    public void finish() {
        if (state == JsonState.NUMBER && nesting.depth() == 0 && number.complete()) {
            state = JsonState.DONE;
            events.valueEnd(0, position, string.text());
        }
        if (state < JsonState.STOPPED && state != JsonState.DONE) {
            fail("unexpected end", position);
        }
    }

    /// The document's last byte was read; for a bare number only after [#finish].
    public boolean complete() {
        return state == JsonState.DONE;
    }

    public boolean failed() {
        return state == JsonState.FAILED;
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
        if (state != JsonState.FAILED) {
            state = JsonState.FAILED;
            failure = reason;
            failedAt = offset;
        }
    }

    /// For events: nothing more is wanted of this document.
    public void stop() {
        if (state != JsonState.FAILED) {
            state = JsonState.STOPPED;
        }
    }

    private int structure(TextWindow window, int from, int end) {
        int i = from;
        while (i < end && state < JsonState.STRING) {
            byte c = window.at(i);
            if (!(c == ' ' || c == '\n' || c == '\r' || c == '\t') && !step(c, base + i)) {
                fail(JsonState.expected(state), base + i);
                return i;
            }
            i++;
            if (state == JsonState.STRING) {
                i = wholeString(window, i, end);
            }
        }
        return i;
    }

    /// Most strings are there to their end: such a one is passed over, or taken, at once.
    private int wholeString(TextWindow window, int from, int end) {
        boolean captured = string.captures();
        int i = captured ? window.plain(from, end) : window.prose(from, end);
        if (i == end || window.at(i) != '"') {
            return captured ? from : i;
        }
        if (captured) {
            string.take(window, from, i);
        }
        stringEnds(base + i + 1);
        return i + 1;
    }

    private void stringEnds(int at) {
        if (stringIsKey) {
            state = JsonState.COLON;
            captureNext = string.captures() && events.key(nesting.depth(), string.text());
        } else {
            close(at);
        }
    }

    private boolean step(byte c, int at) {
        return switch (state) {
            case JsonState.VALUE, JsonState.VALUE_OR_END -> value(c, at);
            case JsonState.KEY, JsonState.KEY_OR_END ->
                    c == '"' ? openKey() : c == '}' && state == JsonState.KEY_OR_END && pop(at);
            case JsonState.COLON -> c == ':' && to(JsonState.VALUE);
            case JsonState.NEXT -> next(c, at);
            default -> false;
        };
    }

    private boolean to(int next) {
        state = next;
        return true;
    }

    private boolean next(byte c, int at) {
        boolean object = nesting.inObject();
        if (c == ',') {
            return to(object ? JsonState.KEY : JsonState.VALUE);
        }
        return c == (object ? '}' : ']') && pop(at);
    }

    private boolean openKey() {
        stringIsKey = true;
        string.open(nesting.depth() <= watchDepth);
        return to(JsonState.STRING);
    }

    private boolean value(byte c, int at) {
        return switch (c) {
            case '"' -> openString(at);
            case '{' -> push(true, at);
            case '[' -> push(false, at);
            case ']' -> state == JsonState.VALUE_OR_END && pop(at);
            case 't' -> openWord(JsonKind.True, at);
            case 'f' -> openWord(JsonKind.False, at);
            case 'n' -> openWord(JsonKind.Null, at);
            default -> number.start(c) && open(JsonState.NUMBER, JsonKind.Number, at);
        };
    }

    private boolean openString(int at) {
        stringIsKey = false;
        string.open(captureNext);
        captureNext = false;
        return open(JsonState.STRING, JsonKind.String, at);
    }

    private boolean openWord(JsonKind kind, int at) {
        word.start(kind);
        return open(JsonState.WORD, kind, at);
    }

    private boolean open(int next, JsonKind kind, int at) {
        state = next;
        if (nesting.told(watchDepth)) {
            events.valueStart(nesting.depth(), kind, at);
        }
        return true;
    }

    private boolean push(boolean object, int at) {
        if (nesting.full()) {
            fail("nested deeper than " + nesting.most(), at);
            return false;
        }
        open(
                object ? JsonState.KEY_OR_END : JsonState.VALUE_OR_END,
                object ? JsonKind.Object : JsonKind.Array,
                at);
        nesting.push(object);
        return true;
    }

    private boolean pop(int at) {
        nesting.pop();
        close(at + 1);
        return true;
    }

    private void close(int end) {
        state = nesting.depth() == 0 ? JsonState.DONE : JsonState.NEXT;
        if (nesting.told(watchDepth)) {
            events.valueEnd(nesting.depth(), end, string.text());
        }
    }

    private int string(TextWindow window, int from, int end) {
        int i = string.scan(window, from, end);
        if (!string.problem().isEmpty()) {
            fail(string.problem(), base + i);
        } else if (string.closed()) {
            stringEnds(base + i);
        }
        return i;
    }

    private int number(TextWindow window, int from, int end) {
        int i = number.scan(window, from, end);
        if (i < end) {
            if (number.complete()) {
                close(base + i);
            } else {
                fail("bad number", base + i);
            }
        }
        return i;
    }

    private int word(TextWindow window, int from, int end) {
        int i = from;
        while (i < end && !word.complete()) {
            if (!word.accepts(window.at(i++))) {
                fail("unknown word", base + i - 1);
                return i;
            }
        }
        if (word.complete()) {
            close(base + i);
        }
        return i;
    }
}
