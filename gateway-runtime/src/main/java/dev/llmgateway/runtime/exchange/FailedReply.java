package dev.llmgateway.runtime.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.balance.Evidence;
import dev.llmgateway.runtime.dialect.translation.ForeignError;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.FailureClass;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.Headroom;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.transport.ResponseHead;
import dev.llmgateway.runtime.transport.TransportFailure;
import dev.llmgateway.runtime.upstream.QuotaHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// A reply that is no success, read whole before anything is made of it: its body may tell that the
/// account is out of money, and until then another account can answer.
final class FailedReply {
    /// Bytes that are read; what makes sense is shorter.
    private static final int MOST = 64 << 10;

    private final Delivery delivery;
    private final Relay relay;
    private final Candidate candidate;
    private final Trail trail;
    private final boolean foreign;
    private final KeptHead head;
    private final Headroom headroom;
    private final ByteBuf body = Unpooled.buffer(512, MOST);

    /// @param foreign it is in another format than the client's
    FailedReply(
            Delivery delivery,
            Relay relay,
            Candidate candidate,
            Trail trail,
            boolean foreign,
            ResponseHead head) {
        this.delivery = delivery;
        this.relay = relay;
        this.candidate = candidate;
        this.trail = trail;
        this.foreign = foreign;
        this.head = new KeptHead(head);
        this.headroom = QuotaHeaders.read(this.head, trail.nowMillis());
    }

    /// Takes bytes of the body. False: it is longer than any error, and is judged by what came.
    boolean data(ByteBuf payload) {
        int room = Math.min(payload.readableBytes(), body.maxWritableBytes());
        body.writeBytes(payload, room);
        return !payload.isReadable();
    }

    /// The reply is complete, or long enough. False: the client gets it, and what still comes.
    boolean judge() {
        Evidence evidence = evidence();
        boolean refused = RefusedReasoning.isTold(head.status(), start());
        if ((refused && delivery.askedWithoutReasoning(evidence)) || kept(evidence)) {
            return true;
        }
        if (foreign) {
            delivery.answered(told());
            return true;
        }
        relay.head(head);
        if (body.isReadable()) {
            relay.data(body);
        }
        return false;
    }

    /// The rest of the reply will not come. What its status says of the account holds all the same.
    void fail(TransportFailure failure) {
        Evidence evidence = evidence();
        if (foreign && evidence.failure() == FailureClass.Request) {
            delivery.answered(told());
        } else if (evidence.failure() == FailureClass.Request
                || evidence.failure() == FailureClass.Upstream
                || !kept(evidence)) {
            delivery.failed(failure);
        }
    }

    /// What a caller's own credential is refused is the caller's to know.
    private boolean kept(Evidence evidence) {
        return Forwarding.pooled(candidate) && delivery.kept(evidence, headroom);
    }

    private Evidence evidence() {
        return ReplyEvidence.of(head, headroom, start(), candidate, trail.nowMillis());
    }

    private String start() {
        return body.toString(0, Math.min(ReplyEvidence.START, body.writerIndex()), UTF_8);
    }

    /// The upstream's error in the client's words.
    private GatewayError told() {
        Slice read = new Slice(body.array(), 0, body.writerIndex());
        boolean anthropic = candidate.format() == WireFormat.Messages;
        GatewayError error = ForeignError.read(anthropic, head.status(), read);
        return new GatewayError(
                error.code(),
                error.message(),
                error.param(),
                Forwarding.retryAfter(head, start(), trail.nowMillis()));
    }
}
