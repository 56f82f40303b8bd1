package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.translation.ForeignError;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.transport.Reply;
import dev.llmgateway.runtime.transport.ResponseHead;
import dev.llmgateway.runtime.transport.TransportFailure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/// A reply in another format than the client's: an error is read whole and told in the client's
/// words, everything else is the relay's business.
final class ForeignReply implements Reply {
    /// Bytes of an error that are read; what makes sense is shorter.
    private static final int MOST = 64 << 10;

    private final Delivery delivery;
    private final Relay relay;
    private final Candidate candidate;
    private final Trail trail;
    private @Nullable ByteBuf error;
    private int status;
    private int retryAfterSeconds;

    ForeignReply(Delivery delivery, Relay relay, Candidate candidate, Trail trail) {
        this.delivery = delivery;
        this.relay = relay;
        this.candidate = candidate;
        this.trail = trail;
    }

    @Override
    public void head(ResponseHead head) {
        status = head.status();
        if (status < 400 || Forwarding.refusal(status, candidate, delivery).isPresent()) {
            relay.head(head);
            return;
        }
        trail.replied();
        retryAfterSeconds = Forwarding.retryAfter(head, trail.nowMillis());
        error = Unpooled.buffer(512, MOST);
    }

    @Override
    public void data(ByteBuf payload) {
        ByteBuf collected = error;
        if (collected == null) {
            relay.data(payload);
            return;
        }
        int room = Math.min(payload.readableBytes(), collected.maxWritableBytes());
        collected.writeBytes(payload, payload.readerIndex(), room);
        payload.release();
    }

    @Override
    public void end() {
        ByteBuf collected = error;
        if (collected == null) {
            relay.end();
            return;
        }
        Slice body = new Slice(collected.array(), 0, collected.writerIndex());
        GatewayError read = ForeignError.read(anthropic(), status, body);
        delivery.answered(
                new GatewayError(read.code(), read.message(), read.param(), retryAfterSeconds));
    }

    private boolean anthropic() {
        return candidate.format() == WireFormat.Messages;
    }

    @Override
    public void fail(TransportFailure failure) {
        if (error == null) {
            relay.fail(failure);
        } else {
            delivery.answered(ForeignError.read(anthropic(), status, Slice.EMPTY));
        }
    }

    @Override
    public void flush() {
        if (error == null) {
            relay.flush();
        }
    }

    @Override
    public boolean writable() {
        return error != null || relay.writable();
    }
}
