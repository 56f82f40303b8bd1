package dev.llmgateway.runtime.dialect.translation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a translation leaves out or changes and names to the client: action W of translation.md.
public final class Notes {
    /// Losses named one by one: far more than the header and the log line have room for, and a
    /// bound on what a body full of nonsense costs.
    private static final int MOST = 100;

    private final boolean strict;
    private final Set<String> notes = new LinkedHashSet<>();

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
        if (notes.size() < MOST) {
            notes.add(field + "=" + reason);
        } else {
            notes.add("more=further losses are not named");
        }
    }

    /// In the order they were found.
    public List<String> all() {
        return List.copyOf(notes);
    }
}
