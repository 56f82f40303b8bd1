package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Slice;
import org.jspecify.annotations.Nullable;

/// One walk over a client's body. Null is as good as absent; a value of another wrong kind is
/// refused by its path.
public final class BodyReader {
    /// Values inside values that are read a second time, such as a document's source in a tool's
    /// result: a bound on how often the same bytes are walked.
    private static final int MOST_LEVELS = 4;

    private final JsonCursor json;
    private final Notes notes;
    private final int level;
    private final CacheMark breakpoint;
    private boolean breakpointSeen;

    /// @param breakpoint what a `prompt_cache_breakpoint` without a time of its own means
    public BodyReader(Slice body, Notes notes, CacheMark breakpoint) {
        this(body, notes, breakpoint, 0);
    }

    private BodyReader(Slice body, Notes notes, CacheMark breakpoint, int level) {
        this.json = JsonCursor.of(body);
        this.level = level;
        this.notes = notes;
        this.breakpoint = breakpoint;
    }

    public JsonCursor json() {
        return json;
    }

    /// A second reader, over a value that was set aside until its meaning was known.
    public BodyReader over(Slice value, FieldPath field) {
        if (level == MOST_LEVELS) {
            throw refusal(field, "is nested too deep");
        }
        return new BodyReader(value, notes, breakpoint, level + 1);
    }

    public boolean breakpointSeen() {
        return breakpointSeen;
    }

    public void lost(FieldPath field, String reason) {
        notes.lost(field.toString(), reason);
    }

    /// Skips the current member and names it, unless it says nothing.
    public void unknown(FieldPath owner) {
        if (!json.isNull()) {
            lost(owner.member(json.key()), "unknown member");
        }
        json.skip();
    }

    public static Refusal refusal(FieldPath field, String demand) {
        return new Refusal(field.toString(), field + " " + demand);
    }

    /// Goes into a list; false: null.
    public boolean list(FieldPath field) {
        if (json.kind() != JsonKind.Array && !json.isNull()) {
            throw refusal(field, "must be a list");
        }
        return json.array();
    }

    /// Goes into an object; false: null.
    public boolean object(FieldPath field) {
        if (json.kind() != JsonKind.Object && !json.isNull()) {
            throw refusal(field, "must be an object");
        }
        return json.object();
    }

    /// Empty: null.
    public Slice string(FieldPath field) {
        if (json.kind() != JsonKind.String && !json.isNull()) {
            throw refusal(field, "must be a string");
        }
        return json.string();
    }

    public String text(FieldPath field) {
        return JsonCursor.decoded(string(field));
    }

    /// A number as it stands; empty: null.
    public Slice number(FieldPath field) {
        if (json.isNull()) {
            json.skip();
            return Slice.EMPTY;
        }
        if (json.kind() != JsonKind.Number) {
            throw refusal(field, "must be a number");
        }
        return json.value();
    }

    public boolean flag(FieldPath field, boolean otherwise) {
        return switch (json.kind()) {
            case True, False -> json.isTrue();
            case Null -> {
                json.skip();
                yield otherwise;
            }
            case String, Object, Array, Number -> throw refusal(field, "must be true or false");
        };
    }

    /// An object as it stands; empty: null.
    public Slice whole(FieldPath field) {
        if (json.isNull()) {
            json.skip();
            return Slice.EMPTY;
        }
        if (json.kind() != JsonKind.Object) {
            throw refusal(field, "must be an object");
        }
        return json.value();
    }

    @Nullable Slice stringOrNull() {
        if (json.kind() != JsonKind.String) {
            json.skip();
            return null;
        }
        return json.string();
    }

    /// Anthropic's `cache_control` and OpenAI's `prompt_cache_breakpoint`.
    public CacheMark mark(FieldPath field) {
        boolean openAi = json.key().equals("prompt_cache_breakpoint");
        if (!object(field)) {
            return CacheMark.None;
        }
        breakpointSeen |= openAi;
        CacheMark mark = openAi ? breakpoint : CacheMark.Usual;
        while (json.member()) {
            switch (json.key()) {
                case "ttl" -> mark = isLong(json.text()) ? CacheMark.Long : CacheMark.Usual;
                case "type", "mode" -> json.skip();
                default -> unknown(field);
            }
        }
        return mark;
    }

    public static boolean isLong(String ttl) {
        return switch (ttl) {
            case "1h", "12h", "24h" -> true;
            default -> false;
        };
    }
}
