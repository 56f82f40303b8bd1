package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.dialect.json.StringInside;
import dev.llmgateway.runtime.model.Slice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The bytes around the text of a streamed delta. Frames of one block differ in their text only, so
/// what was parsed once need not be parsed again: data that starts and ends with the same bytes and
/// has a valid inside of a string between them is the same JSON but for that string.
public final class LearnedFrame {
    private byte[] prefix = {};
    private int prefixLength;
    private byte[] suffix = {};
    private int suffixLength;

    /// Remembers a frame that was parsed and meant one delta and nothing else.
    ///
    /// @param data the frame's data, one valid JSON object
    /// @param inside the delta's text: the inside of one of its strings, a view of the same bytes;
    ///   [Slice#EMPTY], when it was no string, teaches nothing
    public void learn(Slice data, Slice inside) {
        if (inside.from() <= data.from() || inside.to() >= data.to()) {
            return;
        }
        prefixLength = inside.from() - data.from();
        prefix = kept(prefix, data.bytes(), data.from(), inside.from());
        suffixLength = data.to() - inside.to();
        suffix = kept(suffix, data.bytes(), inside.to(), data.to());
    }

    /// To be called when the same bytes would mean something else from now on.
    public void forget() {
        prefixLength = 0;
        suffixLength = 0;
    }

    /// The text of the delta in `bytes[from, to)`; null: it is none of the learned kind, and has to
    /// be parsed.
    public @Nullable Slice match(byte[] bytes, int from, int to) {
        int start = from + prefixLength;
        int end = to - suffixLength;
        if (prefixLength == 0
                || start > end
                || !Arrays.equals(bytes, from, start, prefix, 0, prefixLength)
                || !Arrays.equals(bytes, end, to, suffix, 0, suffixLength)
                || !StringInside.is(bytes, start, end)) {
            return null;
        }
        return new Slice(bytes, start, end);
    }

    private static byte[] kept(byte[] old, byte[] source, int from, int to) {
        byte[] target = old.length < to - from ? new byte[to - from + 16] : old;
        System.arraycopy(source, from, target, 0, to - from);
        return target;
    }
}
