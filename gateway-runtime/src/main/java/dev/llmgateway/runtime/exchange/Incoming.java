package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.Usage;
import dev.llmgateway.runtime.transport.Downstream;
import dev.llmgateway.runtime.transport.Loop;
import dev.llmgateway.runtime.transport.Reply;
import dev.llmgateway.runtime.transport.ResponseHead;
import dev.llmgateway.runtime.transport.TransportFailure;
import dev.llmgateway.runtime.transport.UpstreamCall;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// An upstream's reply to one attempt: a success goes to the client at once, anything else is
/// judged first.
final class Incoming implements Reply {
    /// How long an error's body may take: what came by then decides.
    private static final long FAILED_MILLIS = 1_000;

    private final Delivery delivery;
    private final Relay relay;
    private final Loop loop;
    private final Candidate candidate;
    private final Trail trail;
    private final boolean foreign;
    private @Nullable UpstreamCall call;
    private @Nullable Drain drain;
    private @Nullable FailedReply failed;
    private Loop.@Nullable Cancellable limit;
    private boolean over;

    /// @param translation when it is in another format than the client's
    Incoming(
            Delivery delivery,
            Workspace workspace,
            Trail trail,
            Downstream downstream,
            Order order,
            Candidate candidate,
            @Nullable Translation translation) {
        this.delivery = delivery;
        this.loop = downstream.loop();
        this.candidate = candidate;
        this.trail = trail;
        this.foreign = translation != null;
        this.relay =
                new Relay(
                        delivery,
                        this,
                        workspace,
                        trail,
                        downstream,
                        order,
                        candidate,
                        translation);
    }

    /// The call this is the reply to.
    void of(UpstreamCall upstream) {
        call = upstream;
    }

    /// What still comes is of no use, but the connection may be.
    void drain() {
        drain = new Drain(loop, call);
        drain.begin();
    }

    /// Nobody would read what still comes.
    void giveUp() {
        if (call != null) {
            call.cancel();
        }
    }

    /// The client left; returns what was used until now.
    Usage abandon() {
        settled();
        return relay.abandon();
    }

    @Override
    public void head(ResponseHead head) {
        trail.replied();
        delivery.seen(head);
        if (Forwarding.judged(head.status(), candidate, foreign)) {
            failed = new FailedReply(delivery, relay, candidate, trail, foreign, head);
            limit = loop.after(FAILED_MILLIS, this::judgeEarly);
        } else {
            relay.head(head);
        }
    }

    @Override
    public void data(ByteBuf payload) {
        if (failed != null && !failed.data(payload)) {
            judgeEarly();
        }
        if (failed != null || over) {
            payload.release();
        } else {
            relay.data(payload);
        }
    }

    /// More is to come, which is passed on or left.
    private void judgeEarly() {
        judge();
        if (over) {
            giveUp();
        } else {
            relay.flush();
        }
    }

    private void judge() {
        FailedReply judged = settled();
        over = judged == null || judged.judge();
    }

    private @Nullable FailedReply settled() {
        FailedReply settled = failed;
        failed = null;
        if (limit != null) {
            limit.cancel();
        }
        return settled;
    }

    @Override
    public void end() {
        drained();
        if (failed != null) {
            judge();
        }
        if (!over) {
            relay.end();
        }
    }

    @Override
    public void fail(TransportFailure failure) {
        drained();
        FailedReply broken = settled();
        if (broken != null) {
            over = true;
            broken.fail(failure);
        } else if (!over) {
            relay.fail(failure);
        }
    }

    private void drained() {
        if (drain != null) {
            drain.done();
        }
    }

    @Override
    public void flush() {
        if (failed == null && !over) {
            relay.flush();
        }
    }

    @Override
    public boolean writable() {
        return failed != null || over || relay.writable();
    }
}
