package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.balance.Evidence;
import dev.llmgateway.runtime.dialect.ReplyTap;
import dev.llmgateway.runtime.dialect.StreamPosition;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.Usage;
import dev.llmgateway.runtime.telemetry.Outcome;
import dev.llmgateway.runtime.transport.Downstream;
import dev.llmgateway.runtime.transport.HeaderLines;
import dev.llmgateway.runtime.transport.Reply;
import dev.llmgateway.runtime.transport.ResponseHead;
import dev.llmgateway.runtime.transport.TransportFailure;
import dev.llmgateway.runtime.upstream.ReplyHeaders;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A reply on its way to the client: in the client's own format bytes pass as they are and a tap
/// reads usage and the format's end on the way; of another format the tap makes the client's.
///
/// A stream succeeds only with its format's own end; anything else becomes the format's error
/// event, never a normal end.
final class Relay implements Reply {
    private static final int BAD_GATEWAY = 502;

    private final Delivery delivery;
    private final Incoming source;
    private final Workspace workspace;
    private final Trail trail;
    private final Downstream downstream;
    private final Order order;
    private final Candidate candidate;
    private final @Nullable Translation translation;
    private final Commit commit;
    private @Nullable ReplyTap tap;
    private boolean lengthTold;
    private int contents;
    private boolean stream;
    private boolean good;
    private boolean over;

    Relay(
            Delivery delivery,
            Incoming source,
            Workspace workspace,
            Trail trail,
            Downstream downstream,
            Order order,
            Candidate candidate,
            @Nullable Translation translation) {
        this.delivery = delivery;
        this.source = source;
        this.workspace = workspace;
        this.trail = trail;
        this.downstream = downstream;
        this.order = order;
        this.candidate = candidate;
        this.translation = translation;
        this.commit = delivery.commit();
    }

    @Override
    public void head(ResponseHead head) {
        int status = head.status();
        good = status < 300;
        if (ReplyHeaders.encoded(head)) {
            // Nobody would read it, and a stream of it may be long.
            source.giveUp();
            release();
            delivery.broken(Faults.encodedReply(), StreamFault.broken(trail.nowMillis()));
            return;
        }
        if (translation == null) {
            relayed(head, status);
        } else {
            stream = translation.clientStreams();
            tap = translation.tap(Forwarding.isEventStream(head), downstream.allocator());
            HeaderLines lines = workspace.headers();
            commit.hold(status, Forwarding.translated(lines, translation, trail), stream, -1);
        }
    }

    private void relayed(ResponseHead head, int status) {
        stream = Forwarding.isEventStream(head);
        tap = order.tap(workspace.taps(), stream, good, candidate);
        boolean same = order.keepsLength(candidate, good);
        lengthTold = !stream && same && head.contentLength() >= 0;
        HeaderLines lines = Forwarding.headers(workspace.headers(), head, stream, trail);
        Warnings.add(order.omitted().losses(), lines);
        commit.hold(status, lines, stream, lengthTold ? head.contentLength() : -1);
    }

    @Override
    public void data(ByteBuf payload) {
        ReplyTap current = tap;
        if (over || current == null) {
            payload.release();
            return;
        }
        ByteBuf bytes = current.pass(payload);
        if (commit.pending() && commit.status() < 300 && refused(current)) {
            bytes.release();
            return;
        }
        commit.lost(translation, current.losses());
        commit.pass(bytes, current.sawContent());
        if (!stream || current.contents() != contents) {
            contents = current.contents();
            delivery.progressed();
        }
        if (current.failure() != null || (stream && current.broken())) {
            source.giveUp();
            breakStream(current, Faults.brokenStream(), fault(current));
        } else if (current.ended() && (stream || translation != null)) {
            finishEarly(current);
        }
    }

    /// An error in a reply that calls itself a success, before anything of it was passed on, gets a
    /// real status (translation.md 4.7). Whether the client gets an answer of ours: else the
    /// upstream's wording passes.
    private boolean refused(ReplyTap current) {
        if (current.failure() == null && !current.sawError()) {
            return false;
        }
        if (current.failure() == null && !stream) {
            // A Responses object tells its failure in a member of its own, with status 200.
            return order.format() != WireFormat.Responses && refusedDocument(current);
        }
        Optional<GatewayError> ours = StreamFault.error(current);
        if (ours.isPresent()) {
            source.giveUp();
            breakStream(current, ours.get(), fault(current));
        }
        return ours.isPresent();
    }

    private boolean refusedDocument(ReplyTap current) {
        good = false; // its fault is told once
        if (delivery.madeGood(fault(current))) {
            source.giveUp();
            release();
            return true;
        }
        commit.status(BAD_GATEWAY);
        return false;
    }

    /// The format's own end was passed on: the client is served, whatever the upstream still sends.
    private void finishEarly(ReplyTap current) {
        commit.head();
        finish(current, outcome(current));
        downstream.end();
        source.drain();
    }

    @Override
    public void end() {
        ReplyTap current = tap;
        if (over || current == null) {
            return;
        }
        boolean nonsense = current.broken();
        ByteBuf rest = current.finish();
        if (current.failure() != null || (stream && !current.endedEnough())) {
            rest.release();
            breakStream(current, Faults.brokenStream(), fault(current));
            return;
        }
        // Without a declared length, half a document is all that tells of a lost end.
        if (!stream && !lengthTold && commit.status() < 300 && current.broken() && !nonsense) {
            rest.release();
            breakOff(current);
            return;
        }
        commit.lost(translation, current.losses());
        commit.last(rest);
        finish(current, outcome(current));
        downstream.end();
    }

    /// What is no JSON is no success, but the client may read it: proxies say why in HTML.
    private Outcome outcome(ReplyTap current) {
        boolean success = commit.status() < 400 && !current.sawError() && !current.broken();
        if (!success && good) {
            delivery.harmed(fault(current));
        }
        return success ? Outcome.Served : Outcome.UpstreamError;
    }

    private Evidence fault(ReplyTap current) {
        return StreamFault.evidence(current, trail.nowMillis());
    }

    @Override
    public void fail(TransportFailure failure) {
        ReplyTap current = tap;
        if (over) {
            return;
        }
        if (current == null || commit.pending()) {
            release();
            delivery.failed(failure);
        } else if (stream) {
            breakOrEnd(current, failure);
        } else {
            cut(current, StreamFault.of(failure, trail.nowMillis()));
        }
    }

    /// A connection that breaks behind all that matters has broken nothing.
    private void breakOrEnd(ReplyTap current, TransportFailure failure) {
        ByteBuf rest = current.finish();
        if (current.endedEnough()) {
            commit.last(rest);
            finish(current, Outcome.Served);
            downstream.end();
        } else {
            rest.release();
            Evidence evidence = StreamFault.of(failure, trail.nowMillis());
            breakStream(current, Faults.transport(failure), evidence);
        }
    }

    /// One JSON document has no room for an error event: it can only be cut.
    private void breakOff(ReplyTap current) {
        Evidence evidence = StreamFault.broken(trail.nowMillis());
        if (commit.pending()) {
            release();
            delivery.broken(Faults.brokenStream(), evidence);
        } else {
            cut(current, evidence);
        }
    }

    private void cut(ReplyTap current, Evidence evidence) {
        delivery.harmed(evidence);
        finish(current, Outcome.Truncated);
        downstream.abort();
    }

    /// After the first byte an error can only be the format's own error event.
    private void breakStream(ReplyTap current, GatewayError cause, Evidence evidence) {
        GatewayError told = current.failure();
        GatewayError error = told == null ? cause : Faults.foreign(told, candidate);
        if (commit.pending()) {
            release();
            delivery.broken(error, evidence);
            return;
        }
        delivery.harmed(evidence);
        StreamPosition position = current.position();
        finish(current, Outcome.Truncated);
        commit.close(error, position);
    }

    @Override
    public void flush() {
        if (!over && !commit.pending()) {
            downstream.flush();
        }
    }

    @Override
    public boolean writable() {
        return over || downstream.writable();
    }

    /// The client left; returns what was used until now.
    Usage abandon() {
        Usage partial = tap == null ? Usage.NONE : tap.usage();
        release();
        return partial;
    }

    private void finish(ReplyTap current, Outcome outcome) {
        Usage usage = order.generates() ? current.usage() : Usage.NONE;
        release();
        try {
            delivery.finished(outcome, usage);
        } catch (RuntimeException bug) {
            downstream.abort(); // nobody waits for an end that will not come
            throw bug;
        }
    }

    private void release() {
        over = true;
        commit.release();
        if (tap != null) {
            workspace.taps().give(tap);
            tap = null;
        }
    }
}
