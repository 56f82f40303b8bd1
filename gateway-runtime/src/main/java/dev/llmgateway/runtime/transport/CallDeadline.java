package dev.llmgateway.runtime.transport;

import org.jspecify.annotations.Nullable;

/// Time limits of the call on one upstream connection: first byte, silence, total. Silence that the
/// client causes by not reading does not count.
final class CallDeadline extends Deadlines.Deadline {
    private static final long HELD_BACK_MILLIS = 1_000;

    private final UpstreamConnection connection;
    private @Nullable PendingCall call;

    CallDeadline(UpstreamConnection connection) {
        this.connection = connection;
    }

    void firstByte(PendingCall current) {
        call = current;
        set(current, current.request().timeouts().firstByte());
    }

    void idle(PendingCall current) {
        set(current, current.request().timeouts().idle());
    }

    private void set(PendingCall current, long millis) {
        long until = millis > 0 ? connection.loop().now() + millis : Long.MAX_VALUE;
        at(Math.min(until, current.totalAt()));
    }

    @Override
    void expired(long now) {
        PendingCall current = call;
        if (current == null || current.over()) {
            return;
        }
        if (now < current.totalAt() && connection.heldBack()) {
            at(Math.min(now + HELD_BACK_MILLIS, current.totalAt()));
            return;
        }
        connection.fail(
                TransportFailure.Kind.Timeout,
                connection.headSeen() ? "the upstream fell silent" : "the upstream did not answer");
    }
}
