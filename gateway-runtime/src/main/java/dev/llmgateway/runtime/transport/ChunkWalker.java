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
        TrailerName,
        TrailerValue,
        TrailerLf,
        TrailerEnd,
        Done
    }

    /// Some servers fill chunk sizes up with zeros.
    private static final int MOST_DIGITS = 16;

    private static final long LARGEST_CHUNK = (1 << 28) - 1;

    /// Of all trailers and all chunk extensions of one body.
    private static final int MOST_IGNORED_BYTES = 8_192;

    private final boolean trailers;
    private State state = State.Done;
    private long left;
    private int digits;
    private int ignored;
    private boolean quoted;

    /// @param trailers whether they may come, to be dropped
    ChunkWalker(boolean trailers) {
        this.trailers = trailers;
    }

    void begin() {
        state = State.Size;
        left = 0;
        digits = 0;
        ignored = 0;
        quoted = false;
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
                at = data(buffer, at, to, payload);
            } else {
                step(buffer.getByte(at));
                at++;
            }
        }
        return at;
    }

    private int data(ByteBuf buffer, int at, int to, ByteBuf payload) {
        int count = (int) Math.min(left, to - at);
        payload.writeBytes(buffer, at, count);
        left -= count;
        if (left == 0) {
            state = State.DataCr;
        }
        return at + count;
    }

    /// One byte of framing.
    private void step(byte c) {
        switch (state) {
            case Size -> size(c);
            case Extension -> state = c == '\r' ? extended() : extension(c);
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
            case Trailer -> state = c == '\r' ? State.TrailerEnd : trailerName(c);
            case TrailerName -> state = c == ':' ? State.TrailerValue : trailerName(c);
            case TrailerValue -> state = c == '\r' ? State.TrailerLf : ignored(c, state);
            case TrailerLf -> {
                require(c == '\n', "trailer");
                state = State.Trailer;
            }
            case TrailerEnd -> {
                require(c == '\n', "trailer end");
                state = State.Done;
            }
            case Data, Done -> throw new IllegalStateException(state.name());
        }
    }

    private State extension(byte c) {
        quoted ^= c == '"';
        return ignored(c, State.Extension);
    }

    /// A line may not end within quotes: somebody else could read on to the closing one.
    private State extended() {
        require(!quoted, "chunk extension");
        return State.SizeEnd;
    }

    /// Strict, so that a second message behind a missing end is not taken for a trailer.
    private State trailerName(byte c) {
        require(trailers && FieldLines.isToken(c), "trailer");
        return ignored(c, State.TrailerName);
    }

    private State ignored(byte c, State next) {
        require(++ignored <= MOST_IGNORED_BYTES, "trailers or chunk extensions");
        require(c < 0 || (c >= ' ' && c != 127) || c == '\t', "control byte");
        return next;
    }

    private void size(byte c) {
        int digit = c > 0 ? Character.digit(c, 16) : -1;
        if (digit >= 0) {
            require(++digits <= MOST_DIGITS, "chunk size");
            left = left << 4 | digit;
            require(left <= LARGEST_CHUNK, "chunk size");
        } else {
            require((c == '\r' || c == ';') && digits > 0, "chunk size");
            state = c == ';' ? State.Extension : State.SizeEnd;
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new MalformedMessage(what);
        }
    }
}
