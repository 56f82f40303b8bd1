package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.transport.RequestBody;
import dev.llmgateway.runtime.transport.RequestConsumer;
import io.netty.buffer.ByteBuf;

/// Nothing more is to be done: the request was answered on its head.
enum Answered implements RequestConsumer {
    INSTANCE;

    @Override
    public void peek(ByteBuf chunk) {
        // The rest of a body nobody reads.
    }

    @Override
    public void body(RequestBody body) {
        body.release();
    }

    @Override
    public void writable() {
        // Nothing was held back.
    }

    @Override
    public void closed(CloseReason reason) {
        // Settled already.
    }
}
