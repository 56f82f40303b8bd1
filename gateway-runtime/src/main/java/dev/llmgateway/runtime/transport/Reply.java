package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;

/// Receives what an upstream answers, on the loop of the exchange: `head`, any number of `data`,
/// then `end`; or `fail` at any point. Interim (1xx) replies are never seen. Nothing comes after
/// `end`, `fail` or a cancel.
public interface Reply {
    /// The head is a view, valid only during the call.
    void head(ResponseHead head);

    /// Payload without transfer framing; ownership moves here.
    void data(ByteBuf payload);

    /// The framing says the body is complete (for a body that ends with the connection: a clean
    /// FIN).
    void end();

    void fail(TransportFailure failure);

    /// One socket read was handed over completely: the moment to flush.
    void flush();

    /// False: the upstream stops being read until `UpstreamCall.resume()`.
    boolean writable();
}
