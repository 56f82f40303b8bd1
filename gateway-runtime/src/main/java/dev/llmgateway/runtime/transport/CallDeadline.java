package dev.llmgateway.runtime.transport;

import org.jspecify.annotations.Nullable;

/// Time limits of the call on one upstream connection: first byte, silence, no content, total. Time
/// that the client takes by not reading does not count, but to the total.
final class CallDeadline extends Deadlines.Deadline {
    private static final long HELD_BACK_MILLIS = 1_000;

    private final UpstreamConnection connection;
    private @Nullable PendingCall call;
    private long silentUntil;
    private long contentUntil;

    CallDeadline(UpstreamConnection connection) {
        this.connection = connection;
    }

    void firstByte(PendingCall current) {
        call = current;
        contentUntil = NEVER;
        silentUntil = from(current.request().timeouts().firstByte());
        next(current);
    }

    /// The reply's head is here.
    void begun(PendingCall current) {
        contentUntil = from(current.request().timeouts().noContent());
        idle(current);
    }

    /// Bytes of the reply are here.
    void idle(PendingCall current) {
        silentUntil = from(current.request().timeouts().idle());
        next(current);
    }

    /// What the bytes held was content.
    void progressed() {
        PendingCall current = call;
        if (current != null && !current.over()) {
            contentUntil = from(current.request().timeouts().noContent());
            next(current);
        }
    }

    private long from(long millis) {
        return millis > 0 ? connection.loop().until(millis) : NEVER;
    }

    private void next(PendingCall current) {
        at(Math.min(Math.min(silentUntil, contentUntil), current.totalAt()));
    }

    @Override
    void expired(long now) {
        PendingCall current = call;
        if (current == null || current.over()) {
            return;
        }
        if (now < current.totalAt() && connection.heldBack()) {
            silentUntil = now + HELD_BACK_MILLIS;
            contentUntil = Math.max(contentUntil, silentUntil);
            next(current);
            return;
        }
        connection.fail(TransportFailure.Kind.Timeout, reason(now));
    }

    private String reason(long now) {
        if (!connection.headSeen()) {
            return "the upstream did not answer";
        }
        return now >= contentUntil ? "the upstream sent no content" : "the upstream fell silent";
    }
}
