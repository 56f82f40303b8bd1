package dev.llmgateway.runtime.dialect;

import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.Usage;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads along while a reply of the client's own format passes through. Lives on one event loop,
/// for one reply.
public interface ReplyTap {
    /// Takes the upstream's next bytes and gives what may go to the client now: the same bytes but
    /// for the model's name, in whole frames when the reply is an event stream. Bytes behind the
    /// format's own end are dropped.
    ///
    /// @param payload ownership goes to the tap
    /// @return ownership goes to the caller; may be empty
    ByteBuf pass(ByteBuf payload);

    /// Tells that the upstream has ended its body.
    ///
    /// @return what was held back and may still go out, such as a last event without its blank line
    ByteBuf finish();

    /// The format's own end was passed on: the reply may be closed now.
    boolean ended();

    /// An end of the upstream's body now is no truncation: [#ended], or all that matters was seen
    /// (translation.md 4.2), or an error event was passed on.
    boolean endedEnough();

    /// The upstream's bytes cannot be of this format: a frame beyond the cap, or broken JSON.
    boolean broken();

    /// The error in which a translated reply has ended; null: none. What passes unchanged tells its
    /// own.
    default @Nullable GatewayError failure() {
        return null;
    }

    /// What a translation could not tell the client so far, as `field=reason`.
    default List<String> losses() {
        return List.of();
    }

    /// Tokens told so far; final when ended.
    Usage usage();

    boolean sawError();

    /// Type or code of the upstream's error event; empty: none, or it tells none.
    String errorKind();

    /// Milliseconds that the error event's message asks to wait; empty: it does not.
    default OptionalLong errorWait() {
        return OptionalLong.empty();
    }

    /// First content was passed on: the failover commit of translation.md 4.0. A plain JSON reply
    /// commits with its first byte.
    boolean sawContent();

    /// Events of a stream that carried model output so far; pings, comments and bookkeeping do not.
    int contents();

    /// For [ErrorEnvelope#streamEvent].
    StreamPosition position();

    /// Gives back what is held; call it once, whatever happened.
    void release();
}
