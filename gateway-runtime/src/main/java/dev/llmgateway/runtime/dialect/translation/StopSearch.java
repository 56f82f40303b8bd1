package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks for stop texts in one block's text. What may be the start of one is held back.
final class StopSearch {
    private final List<StopText> stops;
    private final EscapeBorder border = new EscapeBorder();
    private final JsonBytes held = new JsonBytes();
    private final JsonBytes joined = new JsonBytes();

    /// Bytes of the last characters, as many as the longest stop has.
    private final int[] lengths;

    private int characters;
    private @Nullable StopText found;

    StopSearch(List<StopText> stops) {
        this.stops = stops.stream().map(StopText::anew).toList();
        this.lengths = new int[stops.stream().mapToInt(StopText::length).max().orElse(1)];
    }

    /// @return what can be shown; the same instance when all of it can
    Slice next(Slice piece) {
        return search(border.next(piece));
    }

    private Slice search(Slice piece) {
        Slice text = piece;
        int at = held.length();
        if (at > 0) {
            joined.clear();
            joined.raw(held.slice()).raw(piece);
            held.clear();
            text = joined.slice();
        }
        while (at < text.length()) {
            int character = EscapedUnit.character(text, at);
            int length = EscapedUnit.characterLength(text, at);
            at += length;
            lengths[characters % lengths.length] = length;
            characters = (characters + 1) % lengths.length;
            if (matches(character)) {
                return text.part(0, at - bytesOf(longest()));
            }
        }
        int shown = at - bytesOf(longest());
        if (shown == text.length()) {
            return text;
        }
        held.raw(text.part(shown, text.length()));
        return text.part(0, shown);
    }

    /// The longest of those that end here: it has started first.
    private boolean matches(int character) {
        for (StopText stop : stops) {
            if (stop.next(character) && (found == null || stop.length() > found.length())) {
                found = stop;
            }
        }
        return found != null;
    }

    /// Characters that are part of the stop found, or may be of one.
    private int longest() {
        if (found != null) {
            return found.length();
        }
        int longest = 0;
        for (StopText stop : stops) {
            longest = Math.max(longest, stop.matched());
        }
        return longest;
    }

    private int bytesOf(int last) {
        int bytes = 0;
        for (int i = 1; i <= last; i++) {
            bytes += lengths[Math.floorMod(characters - i, lengths.length)];
        }
        return bytes;
    }

    /// The stop that was met; null: none yet.
    @Nullable StopText found() {
        return found;
    }

    /// The text has ended: what was held back, which is no stop.
    Slice rest() {
        held.raw(border.rest());
        return held.slice();
    }
}
