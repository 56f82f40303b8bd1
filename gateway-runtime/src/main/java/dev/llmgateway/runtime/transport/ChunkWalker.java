package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;

/// Walks a chunked body. Strict, without I/O, resumable at every byte. Extensions are passed over,
/// as RFC 9112 7.1.1 asks; trailers are dropped or refused: they would bypass every decision made
/// on a head.
final class ChunkWalker {
    private enum State {
        Size,
        Extension,
        SizeEnd,
        Data,
        DataCr,
        DataLf,
        Trailer,
        TrailerLine,
        TrailerEnd,
        Done
    }

    private static final int MOST_DIGITS = 7;
    private static final int MOST_EXTENSION_BYTES = 4_096;
    private static final int MOST_TRAILER_BYTES = 8_192;

    private final boolean trailers;
    private State state = State.Done;
    private long left;
    private int digits;
    private int extensionBytes;
    private int trailerBytes;

    /// @param trailers whether they may come, to be dropped
    ChunkWalker(boolean trailers) {
        this.trailers = trailers;
    }

    void begin() {
        state = State.Size;
        left = 0;
        digits = 0;
        extensionBytes = 0;
        trailerBytes = 0;
    }

    boolean done() {
        return state == State.Done;
    }

    /// Walks `[from, to)`, copying payload to `payload`.
    ///
    /// @return index behind the last byte that belongs to the body
    /// @throws MalformedMessage for framing that contradicts itself
    int walk(ByteBuf buffer, int from, int to, ByteBuf payload) {
        int at = from;
        while (at < to && state != State.Done) {
            if (state == State.Data) {
                int count = (int) Math.min(left, to - at);
                payload.writeBytes(buffer, at, count);
                left -= count;
                at += count;
                state = left == 0 ? State.DataCr : State.Data;
            } else {
                step(buffer.getByte(at));
                at++;
            }
        }
        return at;
    }

    /// One byte of framing.
    private void step(byte c) {
        switch (state) {
            case Size -> size(c);
            case Extension -> extension(c);
            case SizeEnd -> {
                require(c == '\n', "chunk line");
                state = left == 0 ? State.Trailer : State.Data;
            }
            case DataCr -> {
                require(c == '\r', "chunk end");
                state = State.DataLf;
            }
            case DataLf -> {
                require(c == '\n', "chunk end");
                digits = 0;
                left = 0;
                state = State.Size;
            }
            case Trailer -> {
                require(c == '\r' || trailers, "trailers");
                state = c == '\r' ? State.TrailerEnd : State.TrailerLine;
            }
            case TrailerLine -> {
                require(++trailerBytes <= MOST_TRAILER_BYTES, "trailers");
                state = c == '\n' ? State.Trailer : State.TrailerLine;
            }
            case TrailerEnd -> {
                require(c == '\n', "trailer end");
                state = State.Done;
            }
            case Data, Done -> throw new IllegalStateException(state.name());
        }
    }

    private void size(byte c) {
        int digit = c > 0 ? Character.digit(c, 16) : -1;
        if (digit >= 0) {
            require(++digits <= MOST_DIGITS, "chunk size");
            left = left << 4 | digit;
        } else {
            require(digits > 0 && (c == '\r' || c == ';'), "chunk size");
            state = c == '\r' ? State.SizeEnd : State.Extension;
        }
    }

    private void extension(byte c) {
        if (c == '\r') {
            state = State.SizeEnd;
            return;
        }
        require(c < 0 || c == '\t' || (c >= ' ' && c != 127), "chunk extension");
        require(++extensionBytes <= MOST_EXTENSION_BYTES, "chunk extension");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new MalformedMessage(what);
        }
    }
}
