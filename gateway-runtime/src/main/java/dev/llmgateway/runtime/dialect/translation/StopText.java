package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.model.Slice;
import java.util.Arrays;

/// A stop text being looked for: how much of it the text so far ends with (Knuth, Morris and
/// Pratt), so that every character is looked at once however the text is cut.
final class StopText {
    private final Slice escaped;
    private final int[] wanted;
    private final int[] shorter;
    private int matched;

    /// @param escaped not empty
    StopText(Slice escaped) {
        this.escaped = escaped;
        this.wanted = characters(escaped);
        this.shorter = borders(wanted);
    }

    /// The same one, at the start of another text.
    StopText anew() {
        return new StopText(escaped);
    }

    private static int[] characters(Slice text) {
        int[] characters = new int[text.length()];
        int count = 0;
        for (int at = 0; at < text.length(); at += EscapedUnit.characterLength(text, at)) {
            characters[count++] = EscapedUnit.character(text, at);
        }
        return Arrays.copyOf(characters, count);
    }

    /// For each length: the longest shorter start that is also an end of it.
    private static int[] borders(int[] text) {
        int[] borders = new int[text.length];
        int border = 0;
        for (int i = 1; i < text.length; i++) {
            while (border > 0 && text[i] != text[border]) {
                border = borders[border - 1];
            }
            border += text[i] == text[border] ? 1 : 0;
            borders[i] = border;
        }
        return borders;
    }

    /// @return whether the text ends with it now
    boolean next(int character) {
        while (matched > 0 && wanted[matched] != character) {
            matched = shorter[matched - 1];
        }
        matched += wanted[matched] == character ? 1 : 0;
        return matched == wanted.length;
    }

    /// Characters at the text's end that it may start with; all of them once it was found.
    int matched() {
        return matched;
    }

    int length() {
        return wanted.length;
    }

    Slice escaped() {
        return escaped;
    }
}
