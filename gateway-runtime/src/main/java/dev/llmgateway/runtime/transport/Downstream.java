package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/// The client's side of one exchange: where a reply is written. All calls on the connection's event
/// loop.
///
/// Either one `respond`, or `head`, any number of `data`, then `end` or `abort`. Nothing is sent
/// before `flush`, `end` or `respond`; calls after the exchange ended are ignored (buffers passed
/// are released).
public interface Downstream {
    /// Lines that the reply carries whatever it is, a refusal of the transport's own included.
    /// Before any head.
    void everyReply(HeaderLines lines);

    /// A whole reply at once.
    void respond(Response response);

    /// The reply's head. `contentLength` -1: unknown, sent chunked.
    void head(int status, HeaderLines headers, long contentLength);

    /// Payload bytes; ownership moves here.
    void data(ByteBuf payload);

    /// Sends what was written so far in one write.
    void flush();

    /// Clean end of the reply; flushes.
    void end();

    /// Cuts the reply: the client sees a broken body, never a clean end.
    void abort();

    /// False when the client is behind: stop producing until `RequestConsumer.writable()`.
    boolean writable();

    /// True once the head was handed over.
    boolean headSent();

    ByteBufAllocator allocator();

    /// The loop this exchange lives on.
    Loop loop();
}
