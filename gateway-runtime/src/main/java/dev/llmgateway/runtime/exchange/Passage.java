package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.dialect.ReplyTap;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.transport.HeaderLines;
import dev.llmgateway.runtime.transport.ResponseHead;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// How a reply passes, decided on its head.
///
/// @param tap what its bytes go through
/// @param headers the client's, not sent yet
/// @param stream the client is sent an event stream
/// @param translated the tap makes another format's reply
/// @param contentLength bytes the client is told; -1: chunked
record Passage(
        ReplyTap tap, HeaderLines headers, boolean stream, boolean translated, long contentLength) {
    /// @param translation null: the upstream speaks the client's format
    static Passage of(
            ResponseHead head,
            Order order,
            Candidate candidate,
            @Nullable Translation translation,
            Workspace workspace,
            Trail trail,
            ByteBufAllocator allocator) {
        boolean events = Forwarding.isEventStream(head);
        if (translation != null) {
            return new Passage(
                    translation.tap(events, allocator),
                    Forwarding.translated(workspace.headers(), translation, trail),
                    translation.clientStreams(),
                    true,
                    -1);
        }
        boolean renamed = !order.facts().model().equals(candidate.model());
        String shown = renamed ? order.facts().model() : null;
        return new Passage(
                workspace.taps().take(order.format(), events, shown),
                Forwarding.headers(workspace.headers(), head, events, trail),
                events,
                false,
                events || renamed ? -1 : head.contentLength());
    }
}
