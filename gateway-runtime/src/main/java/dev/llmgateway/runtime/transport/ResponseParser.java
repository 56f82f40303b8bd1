package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;

/// Walks the body of a reply by its framing. Strict, without I/O, resumable at every byte.
final class ResponseParser {
    private enum State {
        Length,
        UntilClose,
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

    /// Of all trailers and all chunk extensions of one reply.
    private static final int MOST_IGNORED_BYTES = 8_192;

    private State state = State.Done;
    private long left;
    private int digits;
    private int ignored;

    /// Prepares for the body that `head` announces.
    void begin(ReplyHead head, boolean headMethod) {
        digits = 0;
        ignored = 0;
        left = Math.max(head.contentLength(), 0);
        if (headMethod || head.status() == 204 || head.status() == 304) {
            state = State.Done;
        } else if (head.chunked()) {
            state = State.Size;
            left = 0;
        } else if (head.contentLength() >= 0) {
            state = left == 0 ? State.Done : State.Length;
        } else {
            state = State.UntilClose;
        }
    }

    boolean done() {
        return state == State.Done;
    }

    /// The end of the connection is the end of the body.
    boolean untilClose() {
        return state == State.UntilClose;
    }

    /// Whether bytes reach the client as they stand in the buffer.
    boolean plain() {
        return state == State.Length || state == State.UntilClose;
    }

    /// Walks `[from, to)`, copying the payload of chunks to `payload`; plain bodies are only
    /// counted.
    ///
    /// @return index behind the last byte that belongs to this reply
    /// @throws MalformedReply for framing that contradicts itself
    int walk(ByteBuf buffer, int from, int to, ByteBuf payload) {
        int at = from;
        while (at < to && state != State.Done) {
            at =
                    switch (state) {
                        case Length -> take(at, to);
                        case UntilClose -> to;
                        case Data -> data(buffer, at, to, payload);
                        case Done -> at;
                        case Size,
                                Extension,
                                SizeEnd,
                                DataCr,
                                DataLf,
                                Trailer,
                                TrailerName,
                                TrailerValue,
                                TrailerLf,
                                TrailerEnd -> {
                            step(buffer.getByte(at));
                            yield at + 1;
                        }
                    };
        }
        return at;
    }

    private int take(int at, int to) {
        int count = (int) Math.min(left, to - at);
        left -= count;
        if (left == 0) {
            state = State.Done;
        }
        return at + count;
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

    /// One byte of chunk framing. Trailers are dropped: they would bypass the header policy.
    private void step(byte c) {
        switch (state) {
            case Size -> size(c);
            case Extension -> state = c == '\r' ? State.SizeEnd : ignored(c, state);
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
            case Length, UntilClose, Data, Done -> throw new IllegalStateException(state.name());
        }
    }

    /// Strict, so that a second reply behind a missing end is not taken for a trailer.
    private State trailerName(byte c) {
        require(ReplyHead.token(c), "trailer");
        return ignored(c, State.TrailerName);
    }

    private State ignored(byte c, State next) {
        require(++ignored <= MOST_IGNORED_BYTES, "trailers or chunk extensions");
        require(c < 0 || (c >= ' ' && c != 127) || c == '\t', "control byte");
        return next;
    }

    private void size(byte c) {
        int digit = Character.digit(c, 16);
        if (digit >= 0 && c > 0) {
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
            throw new MalformedReply(what);
        }
    }
}
