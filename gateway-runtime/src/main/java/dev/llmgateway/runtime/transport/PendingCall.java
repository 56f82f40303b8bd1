package dev.llmgateway.runtime.transport;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One call of a reply, whatever stage it is in: waiting, connecting, or on a connection. A handle
/// that outlives its call does nothing, so a late cancel can never hit the next call on a reused
/// connection.
final class PendingCall implements UpstreamCall {
    private final UpstreamRequest request;
    private final Reply reply;
    private final long startedMillis;
    private final Consumer<Throwable> bugs;
    private @Nullable UpstreamConnection connection;
    private @Nullable ConnectAttempt attempt;
    private boolean over;
    private boolean sent;

    /// @param bugs hears of what a reply throws when it is told of a failure
    PendingCall(
            UpstreamRequest request, Reply reply, long startedMillis, Consumer<Throwable> bugs) {
        this.request = request;
        this.reply = reply;
        this.startedMillis = startedMillis;
        this.bugs = bugs;
    }

    UpstreamRequest request() {
        return request;
    }

    Reply reply() {
        return reply;
    }

    boolean over() {
        return over;
    }

    /// When the whole call must have ended; `Long.MAX_VALUE`: no limit. Never early, although the
    /// loop's clock may have been one sweep old when the call was made.
    long totalAt() {
        long total = request.timeouts().total();
        return total > 0 ? startedMillis + total + LoopState.SWEEP_MILLIS : Long.MAX_VALUE;
    }

    /// Whether the call was made at least `patience` milliseconds ago.
    boolean waited(long now, long patience) {
        return now - startedMillis >= patience + LoopState.SWEEP_MILLIS;
    }

    /// A connection is being opened for it.
    void connecting(ConnectAttempt opening) {
        attempt = opening;
    }

    void on(UpstreamConnection serving) {
        attempt = null;
        connection = serving;
    }

    /// The request's buffers were handed to the connection.
    void sent() {
        sent = true;
    }

    /// Ends the call without a word; the connection that served it is free of it.
    void finish() {
        over = true;
        attempt = null;
        connection = null;
        if (!sent) {
            sent = true;
            request.release();
        }
    }

    /// The reply is complete. One that throws at its end is failed, and disturbs nobody else.
    ///
    /// @param reused whether the connection had served an earlier call
    void end(boolean reused) {
        finish();
        try {
            reply.end();
        } catch (RuntimeException e) {
            bugs.accept(e);
            reply.fail(
                    new TransportFailure(
                            TransportFailure.Kind.Malformed, "internal error", true, reused, true));
        }
    }

    void fail(TransportFailure.Kind kind, String detail) {
        fail(new TransportFailure(kind, detail, false, false, false));
    }

    /// Whoever tells of a failure is in the middle of its own bookkeeping, so nothing is thrown.
    void fail(TransportFailure failure) {
        if (over) {
            return;
        }
        finish();
        try {
            reply.fail(failure);
        } catch (RuntimeException e) {
            bugs.accept(e);
        }
    }

    @Override
    public void cancel() {
        UpstreamConnection serving = connection;
        ConnectAttempt opening = attempt;
        boolean open = !over;
        finish();
        if (open && serving != null) {
            serving.abandon();
        }
        if (open && opening != null) {
            opening.abandon();
        }
    }

    @Override
    public void resume() {
        if (connection != null) {
            connection.resume();
        }
    }

    @Override
    public void progressed() {
        if (connection != null) {
            connection.progressed();
        }
    }
}
