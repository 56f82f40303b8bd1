package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.model.Slice;
import java.util.zip.CRC32;

/// An item of an upstream's output while it is told, and how much of its current text was.
final class DecodedItem {
    static final int NONE = -1;

    private final CRC32 seen = new CRC32();
    private int length;

    /// `message`, `reasoning`, `function_call`, ...; empty: its beginning was not told.
    String type = "";

    /// Its first id; others that come later are not looked at.
    String id = "";

    /// Number of the open block; [#NONE]: none is open.
    int block = NONE;

    /// Index of the part that the open block is.
    long part;

    /// Blocks that were opened for it.
    int opened;

    void begin(int number, long index) {
        block = number;
        part = index;
        opened++;
        anew();
    }

    /// Another text begins.
    void anew() {
        seen.reset();
        length = 0;
    }

    void told(Slice piece) {
        seen.update(piece.bytes(), piece.from(), piece.length());
        length += piece.length();
    }

    /// What of a whole text was not told; empty also when something else was.
    Slice missing(Slice whole) {
        if (length == 0) {
            return whole;
        }
        if (whole.length() <= length) {
            return Slice.EMPTY;
        }
        CRC32 head = new CRC32();
        head.update(whole.bytes(), whole.from(), length);
        return head.getValue() == seen.getValue()
                ? whole.part(length, whole.length())
                : Slice.EMPTY;
    }
}
