package dev.llmgateway.runtime.dialect.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.runtime.model.Slice;

/// Walks a JSON text that lies whole on the heap, pulling one value after another, without building
/// a tree:
///
/// ```
/// if (json.object()) {
///     while (json.member()) {
///         switch (json.key()) {
///             case "text" -> text = json.string();
///             default -> json.skip();
///         }
///     }
/// }
/// ```
///
/// Every branch consumes its value. Values of an unexpected kind are skipped and read as empty,
/// since formats disagree about what may be null. What is no JSON throws [MalformedJson] when it is
/// reached; slices it gives are valid JSON, or the valid inside of a string.
public final class JsonCursor {
    private final JsonLexer lexer = new JsonLexer();
    private final KeyNames names = new KeyNames();
    private Slice text = Slice.EMPTY;
    private int at;
    private int depth;
    private Slice key = Slice.EMPTY;

    /// Stands before the one value of a text.
    public JsonCursor over(Slice json) {
        text = json;
        lexer.over(json);
        at = json.from();
        depth = 0;
        key = Slice.EMPTY;
        return this;
    }

    public static JsonCursor of(Slice json) {
        return new JsonCursor().over(json);
    }

    /// Kind of the value it stands on.
    public JsonKind kind() {
        at = lexer.blanks(at);
        return switch (lexer.byteAt(at)) {
            case '{' -> JsonKind.Object;
            case '[' -> JsonKind.Array;
            case '"' -> JsonKind.String;
            case 't' -> JsonKind.True;
            case 'f' -> JsonKind.False;
            case 'n' -> JsonKind.Null;
            default -> JsonKind.Number;
        };
    }

    public boolean isNull() {
        return kind() == JsonKind.Null;
    }

    /// Goes into an object; what is none is skipped.
    public boolean object() {
        return enter(JsonKind.Object);
    }

    /// Goes into a list; what is none is skipped.
    public boolean array() {
        return enter(JsonKind.Array);
    }

    private boolean enter(JsonKind wanted) {
        if (kind() != wanted) {
            skip();
            return false;
        }
        if (++depth > JsonLexer.MAX_DEPTH) {
            throw new MalformedJson("too deep", at);
        }
        at++;
        return true;
    }

    /// Goes to the next member's value; false: the object has ended, and the cursor stands behind
    /// it.
    public boolean member() {
        if (!next('}')) {
            return false;
        }
        if (lexer.byteAt(at) != '"') {
            throw new MalformedJson("a member has no name", at);
        }
        int end = lexer.string(at);
        key = new Slice(text.bytes(), at + 1, end - 1);
        at = lexer.blanks(end);
        if (lexer.byteAt(at) != ':') {
            throw new MalformedJson("a member has no value", at);
        }
        at++;
        return true;
    }

    /// Goes to the next element; false: the list has ended, and the cursor stands behind it.
    public boolean element() {
        return next(']');
    }

    private boolean next(char close) {
        at = lexer.blanks(at);
        int b = lexer.byteAt(at);
        if (b == close) {
            at++;
            depth--;
            return false;
        }
        if ((b == ',') == isFirst()) {
            throw new MalformedJson("a comma is missing, or has nothing before it", at);
        }
        at = b == ',' ? lexer.blanks(at + 1) : at;
        return true;
    }

    /// Whether nothing but blanks stands between the bracket and here.
    private boolean isFirst() {
        int i = at - 1;
        while (i >= text.from() && JsonLexer.isBlank(text.bytes()[i])) {
            i--;
        }
        return i >= text.from() && (text.bytes()[i] == '{' || text.bytes()[i] == '[');
    }

    /// The current member's name, decoded; the same instance for names that are often seen.
    public String key() {
        return names.name(key);
    }

    /// The current member's name, escaped.
    public Slice keySlice() {
        return key;
    }

    /// Where the value it stands on begins, for [#since].
    public int mark() {
        at = lexer.blanks(at);
        return at;
    }

    /// What was read since a mark: a value that turns out to be wanted whole.
    public Slice since(int mark) {
        return new Slice(text.bytes(), mark, at);
    }

    /// The value as it stands.
    public Slice value() {
        at = lexer.blanks(at);
        int start = at;
        at = lexer.value(at);
        return new Slice(text.bytes(), start, at);
    }

    public void skip() {
        at = lexer.value(lexer.blanks(at));
    }

    /// The inside of a string, escaped; empty when the value is none.
    public Slice string() {
        if (kind() != JsonKind.String) {
            skip();
            return Slice.EMPTY;
        }
        int start = at;
        at = lexer.string(at);
        return new Slice(text.bytes(), start + 1, at - 1);
    }

    /// A string, decoded; empty when the value is none.
    public String text() {
        return decoded(string());
    }

    /// A whole number at or above zero; `absent` for anything else. Fractions are cut off.
    public long count(long absent) {
        if (kind() != JsonKind.Number) {
            skip();
            return absent;
        }
        Slice digits = value();
        long count = 0;
        for (int i = digits.from(); i < digits.to(); i++) {
            int digit = digits.bytes()[i] - '0';
            if (digit < 0 || digit > 9) {
                return digits.bytes()[i] == '.' ? count : absent;
            }
            if (count > (Long.MAX_VALUE - digit) / 10) {
                return absent;
            }
            count = 10 * count + digit;
        }
        return count;
    }

    /// Whether the value is `true`.
    public boolean isTrue() {
        boolean yes = kind() == JsonKind.True;
        skip();
        return yes;
    }

    /// Checks that nothing but blanks follows.
    public void end() {
        at = lexer.blanks(at);
        if (at < text.to()) {
            throw new MalformedJson("text behind the document", at);
        }
    }

    /// The text of the inside of a string.
    public static String decoded(Slice escaped) {
        for (int i = escaped.from(); i < escaped.to(); i++) {
            if (escaped.bytes()[i] == '\\') {
                JsonBytes out = new JsonBytes();
                JsonEscapes.unescape(escaped, out);
                return out.slice().toString();
            }
        }
        return new String(escaped.bytes(), escaped.from(), escaped.length(), UTF_8);
    }
}
