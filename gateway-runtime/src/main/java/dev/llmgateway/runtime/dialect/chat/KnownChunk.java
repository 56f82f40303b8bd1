package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonStrings;
import dev.llmgateway.runtime.model.Slice;
import java.util.Arrays;

/// The bytes around the one text of a chunk that was read before. A chunk with the same bytes
/// around one valid text says the same but for the text, so it need not be read. Some upstreams put
/// a second text behind the first, noise of changing length; it may be any.
final class KnownChunk {
    private static final int NONE = -1;

    private final JsonStrings strings = new JsonStrings();
    private byte[] before = {};
    private byte[] between = {};
    private byte[] after = {};
    private int beforeLength = NONE;
    private int betweenLength;
    private int afterLength;

    /// @param chunk that was read
    /// @param text its text, a view of the chunk
    /// @param noise the other text, a view of the chunk; empty: none
    @SuppressWarnings("ReferenceEquality") // the same array, or no view of it
    void learn(Slice chunk, Slice text, Slice noise) {
        boolean noisy = !noise.isEmpty();
        if (text.bytes() != chunk.bytes() || (noisy && noise.from() < text.to())) {
            beforeLength = NONE;
            return;
        }
        before = kept(before, chunk, chunk.from(), text.from());
        beforeLength = text.from() - chunk.from();
        betweenLength = noisy ? noise.from() - text.to() : 0;
        between = kept(between, chunk, text.to(), text.to() + betweenLength);
        int behind = noisy ? noise.to() : text.to();
        after = kept(after, chunk, behind, chunk.to());
        afterLength = chunk.to() - behind;
    }

    private static byte[] kept(byte[] room, Slice chunk, int from, int to) {
        byte[] bytes = room.length < to - from ? new byte[to - from] : room;
        System.arraycopy(chunk.bytes(), from, bytes, 0, to - from);
        return bytes;
    }

    /// Index of the text's first byte, if [#end] finds one.
    int start(int from) {
        return from + beforeLength;
    }

    /// One past the text's last byte in the chunk `bytes[from, to)`; -1: the chunk is another one.
    int end(byte[] bytes, int from, int to) {
        int text = from + beforeLength;
        int tail = to - afterLength;
        boolean around =
                beforeLength != NONE
                        && text + betweenLength < tail
                        && Arrays.equals(bytes, from, text, before, 0, beforeLength)
                        && Arrays.equals(bytes, tail, to, after, 0, afterLength);
        if (!around) {
            return NONE;
        }
        int end = strings.closing(bytes, text, to);
        int last = betweenLength == 0 ? end : noiseEnd(bytes, end, tail);
        return last == tail && end > text ? end : NONE;
    }

    private int noiseEnd(byte[] bytes, int textEnd, int tail) {
        int noise = textEnd + betweenLength;
        boolean same =
                textEnd >= 0
                        && noise <= tail
                        && Arrays.equals(bytes, textEnd, noise, between, 0, betweenLength);
        return same ? strings.closing(bytes, noise, tail + 1) : NONE;
    }
}
