package dev.llmgateway.runtime.dialect.translation;

import java.util.ArrayList;
import java.util.List;

/// What a translation leaves out or changes and names to the client: action W of translation.md.
public final class Notes {
    private final boolean strict;
    private final List<String> notes = new ArrayList<>();

    /// @param strict a loss is refused instead of named
    public Notes(boolean strict) {
        this.strict = strict;
    }

    public boolean strict() {
        return strict;
    }

    /// Names a loss once.
    ///
    /// @param field path in the client's request; ASCII
    /// @param reason a few words, ASCII, without `;`
    /// @throws Refusal in strict mode
    public void lost(String field, String reason) {
        if (strict) {
            throw new Refusal(field, "strict translation: " + field + ": " + reason);
        }
        String note = field + "=" + reason;
        if (!notes.contains(note)) {
            notes.add(note);
        }
    }

    /// In the order they were found.
    public List<String> all() {
        return List.copyOf(notes);
    }
}
