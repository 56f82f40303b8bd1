package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;

/// Walks the body of a reply by its framing. Strict, without I/O, resumable at every byte.
final class ResponseParser {
    private enum State {
        Length,
        UntilClose,
        Chunks,
        Done
    }

    private final ChunkWalker chunks = new ChunkWalker(true);
    private State state = State.Done;
    private long left;

    /// Prepares for the body that `head` announces.
    void begin(ReplyHead head, boolean headMethod) {
        left = Math.max(head.contentLength(), 0);
        if (headMethod || head.status() == 204 || head.status() == 304) {
            state = State.Done;
        } else if (head.chunked()) {
            state = State.Chunks;
            chunks.begin();
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
    /// @throws MalformedMessage for framing that contradicts itself
    int walk(ByteBuf buffer, int from, int to, ByteBuf payload) {
        return switch (state) {
            case Length -> take(from, to);
            case UntilClose -> to;
            case Chunks -> {
                int end = chunks.walk(buffer, from, to, payload);
                state = chunks.done() ? State.Done : State.Chunks;
                yield end;
            }
            case Done -> from;
        };
    }

    private int take(int at, int to) {
        int count = (int) Math.min(left, to - at);
        left -= count;
        if (left == 0) {
            state = State.Done;
        }
        return at + count;
    }
}
