package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import java.util.List;

/// One request as it goes on the wire.
///
/// @param headMethod whether the method is HEAD (the reply has no body)
/// @param head request line, headers and the empty line; ownership moves with the call
/// @param body slices of the body in order, content-length framed; ownership moves with the call
public record UpstreamRequest(
        boolean headMethod, ByteBuf head, List<ByteBuf> body, CallTimeouts timeouts) {
    /// Gives back every buffer of a request that was never sent.
    public void release() {
        head.release();
        body.forEach(ByteBuf::release);
    }
}
