package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.StringInside;
import dev.llmgateway.runtime.model.Slice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The bytes around what changes from delta to delta of one text: its number, the text itself and,
/// behind it, noise of changing length. Data that is the same but for a number and the insides of
/// these strings is the same JSON but for them, and need not be parsed.
final class LearnedDelta {
    private enum Hole {
        Number,
        Text,
        Noise
    }

    private static final int MOST = 3;

    private final Hole[] holes = new Hole[MOST];
    private final byte[][] before = new byte[MOST + 1][];
    private final int[] lengths = new int[MOST + 1];
    private int count;

    LearnedDelta() {
        for (int i = 0; i <= MOST; i++) {
            before[i] = new byte[0];
        }
    }

    /// Remembers the data of an event that was parsed and meant one delta.
    ///
    /// @param number the value of `sequence_number`, a view of the same bytes; empty: there is none
    /// @param text the inside of the delta's string, a view of the same bytes
    /// @param noise the inside of another string that may be any; empty: there is none
    void learn(Slice data, Slice number, Slice text, Slice noise) {
        count = 0;
        if (!within(data, text)) {
            return;
        }
        int at = data.from();
        boolean numberFirst = within(data, number) && number.from() < text.from();
        if (numberFirst) {
            at = add(Hole.Number, data, at, number);
        }
        at = add(Hole.Text, data, at, text);
        boolean numberLast = within(data, number) && !numberFirst;
        boolean noisy = within(data, noise) && noise.from() > text.to();
        if (numberLast && noisy && noise.from() < number.from()) {
            at = add(Hole.Noise, data, at, noise);
            noisy = false;
        }
        if (numberLast) {
            at = add(Hole.Number, data, at, number);
        }
        if (noisy) {
            at = add(Hole.Noise, data, at, noise);
        }
        keep(count, data, at, data.to());
    }

    @SuppressWarnings("ReferenceEquality") // the same array, or no view of it
    private static boolean within(Slice data, Slice view) {
        return !view.isEmpty() && view.bytes() == data.bytes() && view.from() > data.from();
    }

    private int add(Hole hole, Slice data, int from, Slice view) {
        keep(count, data, from, view.from());
        holes[count++] = hole;
        return view.to();
    }

    private void keep(int index, Slice data, int from, int to) {
        int length = to - from;
        if (before[index].length < length) {
            before[index] = new byte[length + 16];
        }
        System.arraycopy(data.bytes(), from, before[index], 0, length);
        lengths[index] = length;
    }

    /// To be called when the same bytes would mean something else from now on.
    void forget() {
        count = 0;
    }

    /// The text of the delta in `bytes[from, to)`; null: it is none of the learned kind.
    @Nullable Slice match(byte[] bytes, int from, int to) {
        if (count == 0) {
            return null;
        }
        int at = from;
        int start = 0;
        int end = 0;
        for (int i = 0; i < count; i++) {
            if (!literal(bytes, at, to, i)) {
                return null;
            }
            at += lengths[i];
            int close =
                    holes[i] == Hole.Number
                            ? digits(bytes, at, to)
                            : StringInside.end(bytes, at, to);
            if (close == StringInside.NONE) {
                return null;
            }
            if (holes[i] == Hole.Text) {
                start = at;
                end = close;
            }
            at = close;
        }
        boolean whole = at + lengths[count] == to && literal(bytes, at, to, count);
        return whole ? new Slice(bytes, start, end) : null;
    }

    private boolean literal(byte[] bytes, int at, int to, int index) {
        int length = lengths[index];
        if (at + length > to) {
            return false;
        }
        return Arrays.equals(bytes, at, at + length, before[index], 0, length);
    }

    /// Index behind a whole number; [StringInside#NONE]: there is none.
    private static int digits(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        boolean number = at > from && (bytes[from] != '0' || at == from + 1);
        return number ? at : StringInside.NONE;
    }
}
