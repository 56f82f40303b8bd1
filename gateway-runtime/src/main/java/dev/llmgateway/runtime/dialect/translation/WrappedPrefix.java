package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.Slice;

/// Recognises `{"<name>":` at the start of an escaped JSON text, blanks between tokens, in pieces.
final class WrappedPrefix {
    /// Bytes after which nobody waits any longer.
    private static final int MOST = 256;

    private final String wanted;
    private final int closingQuote;
    private final JsonBytes seen = new JsonBytes();
    private int matched;
    private boolean other;

    /// @param value how the value starts; empty: anyhow
    WrappedPrefix(String name, String value) {
        this.wanted = "{\"" + name + "\":" + value;
        this.closingQuote = name.length() + 2;
    }

    /// @return index of the first byte behind the prefix; -1: it has not ended, or is another one
    int scan(Slice text) {
        int at = 0;
        while (at < text.length() && matched < wanted.length()) {
            int meaning = EscapedUnit.meaning(text, at);
            boolean inName = matched > 1 && matched <= closingQuote;
            if (meaning == wanted.charAt(matched)) {
                matched++;
            } else if (inName || !isBlank(meaning) || seen.length() + at > MOST) {
                other = true;
                break;
            }
            at += EscapedUnit.length(text, at);
        }
        seen.raw(text);
        return matched == wanted.length() ? at : -1;
    }

    /// It is another text.
    boolean isOther() {
        return other;
    }

    /// All pieces so far.
    Slice seen() {
        return seen.slice();
    }

    static boolean isBlank(int meaning) {
        return meaning == ' ' || meaning == '\n' || meaning == '\r' || meaning == '\t';
    }
}
