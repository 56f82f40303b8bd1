package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.chat.CodeUnits;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.translation.EscapedUnit;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;

/// The parts of a reasoning item's summary, which clients of Messages see as one text: where they
/// met travels with the item's carrier, so that the item goes back exactly as it came.
final class SummaryParts {
    /// Line breaks between two parts.
    private static final int GAP = 2;

    private SummaryParts() {}

    /// A list of the lengths of all parts but the last, in UTF-16 units; empty: there is one part,
    /// or none.
    ///
    /// @param summary list of parts; empty: none
    static Slice lengths(Slice summary) {
        List<Integer> lengths = new ArrayList<>();
        if (!summary.isEmpty()) {
            JsonCursor json = JsonCursor.of(summary);
            if (json.array()) {
                while (json.element()) {
                    int length = CodeUnits.in(text(json));
                    if (length > 0) {
                        lengths.add(length);
                    }
                }
            }
        }
        if (lengths.size() < 2) {
            return Slice.EMPTY;
        }
        JsonBytes out = new JsonBytes();
        out.arrayStart();
        lengths.removeLast();
        lengths.forEach(length -> out.value((long) length));
        return out.arrayEnd().slice();
    }

    private static Slice text(JsonCursor json) {
        Slice text = Slice.EMPTY;
        if (json.object()) {
            while (json.member()) {
                if (json.key().equals("text")) {
                    text = json.string();
                } else {
                    json.skip();
                }
            }
        }
        return text;
    }

    /// A text cut where its parts met; whole when it is another text by now.
    ///
    /// @param text escaped
    /// @param lengths as told by [#lengths], from a client that may have changed it
    static List<Slice> of(Slice text, Slice lengths) {
        List<Slice> parts = new ArrayList<>();
        JsonCursor json = JsonCursor.of(lengths);
        int from = 0;
        if (json.array()) {
            while (json.element()) {
                int end = behind(text, from, json.count(0));
                int next = behind(text, end, GAP);
                if (end == from || !isGap(text, end) || next >= text.length()) {
                    return List.of(text);
                }
                parts.add(text.part(from, end));
                from = next;
            }
        }
        parts.add(text.part(from, text.length()));
        return parts;
    }

    /// Index behind so many units, or the text's end.
    private static int behind(Slice text, int from, long units) {
        int at = from;
        long left = units;
        while (at < text.length() && left > 0) {
            int length = EscapedUnit.characterLength(text, at);
            left -= CodeUnits.in(text.part(at, at + length));
            at += length;
        }
        return at;
    }

    private static boolean isGap(Slice text, int at) {
        int second = at < text.length() ? at + EscapedUnit.length(text, at) : at;
        return second < text.length()
                && EscapedUnit.meaning(text, at) == '\n'
                && EscapedUnit.meaning(text, second) == '\n';
    }
}
