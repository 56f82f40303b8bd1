package dev.llmgateway.runtime.transport;

import org.jspecify.annotations.Nullable;

/// One call of a reply, whatever stage it is in: waiting, connecting, or on a connection. A handle
/// that outlives its call does nothing, so a late cancel can never hit the next call on a reused
/// connection.
final class PendingCall implements UpstreamCall {
    private final UpstreamRequest request;
    private final Reply reply;
    private final long startedMillis;
    private @Nullable UpstreamConnection connection;
    private @Nullable ConnectAttempt attempt;
    private boolean over;
    private boolean sent;

    PendingCall(UpstreamRequest request, Reply reply, long startedMillis) {
        this.request = request;
        this.reply = reply;
        this.startedMillis = startedMillis;
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

    void fail(TransportFailure.Kind kind, String detail) {
        fail(new TransportFailure(kind, detail, false, false, false));
    }

    void fail(TransportFailure failure) {
        if (!over) {
            finish();
            reply.fail(failure);
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
}
