package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.dialect.json.StringInside;
import dev.llmgateway.runtime.model.Slice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The bytes around the text of a streamed delta. Frames of one block differ in their text only, so
/// what was parsed once need not be parsed again: data that starts and ends with the same bytes and
/// has a valid inside of a string between them is the same JSON but for that string. Some upstreams
/// put a second string behind the first, noise of changing length (OpenAI's `obfuscation`); it may
/// be any.
public final class LearnedFrame {
    private byte[] prefix = {};
    private int prefixLength;
    private byte[] between = {};
    private int betweenLength;
    private byte[] suffix = {};
    private int suffixLength;

    /// Remembers a frame that was parsed and meant one delta and nothing else.
    ///
    /// @param data the frame's data, one valid JSON object
    /// @param inside the delta's text: the inside of one of its strings, a view of the same bytes;
    ///   [Slice#EMPTY], when it was no string, teaches nothing
    /// @param noise the inside of the string that may be any, a view of the same bytes behind the
    ///   text, else nothing is learned; empty: there is none
    @SuppressWarnings("ReferenceEquality") // the same array, or no view of it
    public void learn(Slice data, Slice inside, Slice noise) {
        boolean noisy = !noise.isEmpty();
        Slice last = noisy ? noise : inside;
        if (inside.bytes() != data.bytes()
                || inside.from() <= data.from()
                || (noisy && (noise.bytes() != data.bytes() || noise.from() <= inside.to()))
                || last.to() >= data.to()) {
            return;
        }
        prefixLength = inside.from() - data.from();
        prefix = kept(prefix, data.bytes(), data.from(), inside.from());
        betweenLength = noisy ? noise.from() - inside.to() : 0;
        between = kept(between, data.bytes(), inside.to(), inside.to() + betweenLength);
        suffixLength = data.to() - last.to();
        suffix = kept(suffix, data.bytes(), last.to(), data.to());
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
        int tail = to - suffixLength;
        if (prefixLength == 0
                || start + betweenLength > tail
                || !Arrays.equals(bytes, from, start, prefix, 0, prefixLength)
                || !Arrays.equals(bytes, tail, to, suffix, 0, suffixLength)) {
            return null;
        }
        int end = StringInside.end(bytes, start, tail);
        boolean same = betweenLength == 0 ? end == tail : isNoise(bytes, end, tail);
        return same ? new Slice(bytes, start, end) : null;
    }

    /// Whether what follows the text up to `tail` is what stood between the two strings, and one.
    private boolean isNoise(byte[] bytes, int textEnd, int tail) {
        int noise = textEnd + betweenLength;
        return textEnd != StringInside.NONE
                && noise <= tail
                && Arrays.equals(bytes, textEnd, noise, between, 0, betweenLength)
                && StringInside.end(bytes, noise, tail) == tail;
    }

    private static byte[] kept(byte[] old, byte[] source, int from, int to) {
        byte[] target = old.length < to - from ? new byte[to - from + 16] : old;
        System.arraycopy(source, from, target, 0, to - from);
        return target;
    }
}
