package dev.llmgateway.runtime.dialect;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// What the translations of one loop use in turn: nothing in it outlives one call.
public final class TranslationSpace {
    private static final int MOST_KEPT = 1 << 20;

    private final JsonBytes request = new JsonBytes();
    private final JsonBytes reply = new JsonBytes();
    private byte[] body = new byte[1 << 14];
    private ByteBuf input = Unpooled.buffer(1 << 12);

    /// For the body of an upstream request, empty.
    public JsonBytes request() {
        request.clear();
        return request;
    }

    /// For a client's body on the heap; at least `length` bytes.
    public byte[] body(int length) {
        if (length > MOST_KEPT) {
            return new byte[length];
        }
        if (body.length < length) {
            body = new byte[Math.max(length, 2 * body.length)];
        }
        return body;
    }

    /// For what a client is sent, empty.
    JsonBytes reply() {
        reply.clear();
        return reply;
    }

    /// For an upstream's bytes on the heap, its array starting at index 0; empty.
    ByteBuf input() {
        if (input.capacity() > MOST_KEPT) {
            input = Unpooled.buffer(1 << 12);
        }
        return input.clear();
    }
}
