package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The application's side of one request. Every call comes on the connection's event loop.
public interface RequestConsumer {
    /// Who holds the body while it is in memory: one holder's bodies may take a part of the body
    /// budget only. Asked once, before the body is read; empty: nobody in particular.
    default String holder() {
        return "";
    }

    /// Bytes of the body just arrived, a content coding undone; look, do not keep: the buffer stays
    /// the transport's.
    void peek(ByteBuf chunk);

    /// The body is complete. Ownership moves here: release it exactly once. An empty body is passed
    /// too.
    void body(RequestBody body);

    /// The client can take bytes again after `Downstream.writable()` was false.
    void writable();

    /// The exchange ended before its reply was complete: the client left, broke its framing, was
    /// too slow, or the process drains past its grace. Called at most once, never after
    /// `Downstream.end()` or `respond`. A reply is no longer possible; cancel upstream and settle.
    void closed(CloseReason reason);

    /// The transport refuses the request while its body arrives, and nothing was answered yet:
    /// instead of [#closed].
    ///
    /// @param status as in [TransportErrors#response]
    /// @param message what was wrong, without bytes of the request
    /// @return what the client is told; null: the transport's own words
    default @Nullable Response refused(int status, String message) {
        closed(status == 408 ? CloseReason.ClientTooSlow : CloseReason.BadFraming);
        return null;
    }

    /// Why an exchange ended without a whole reply.
    enum CloseReason {
        ClientLeft,
        ClientTooSlow,
        BadFraming,
        Shutdown
    }
}
