package dev.llmgateway.runtime.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.runtime.balance.Evidence;
import dev.llmgateway.runtime.balance.Lease;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.transport.Reply;
import dev.llmgateway.runtime.transport.ResponseHead;
import dev.llmgateway.runtime.transport.TransportFailure;
import dev.llmgateway.runtime.upstream.QuotaHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The answer to a probe: only what it says of the account matters.
final class ProbeReply implements Reply {
    private final Services services;
    private final Candidate candidate;
    private final Lease lease;
    private final ByteBuf start = Unpooled.buffer(512, ReplyEvidence.START);
    private final Optional<TestCalls.Order> order;
    private final long begin;
    private @Nullable KeptHead head;

    /// @param order whoever waits for the outcome
    ProbeReply(
            Services services, Candidate candidate, Lease lease, Optional<TestCalls.Order> order) {
        this.services = services;
        this.candidate = candidate;
        this.lease = lease;
        this.order = order;
        this.begin = services.clock().millis();
    }

    @Override
    public void head(ResponseHead upstream) {
        head = new KeptHead(upstream);
    }

    @Override
    public void data(ByteBuf payload) {
        start.writeBytes(payload, Math.min(payload.readableBytes(), start.maxWritableBytes()));
        payload.release();
    }

    @Override
    public void end() {
        KeptHead seen = head;
        long now = services.clock().millis();
        if (seen != null) {
            var headroom = QuotaHeaders.read(seen, now);
            lease.headroom(headroom, now);
            if (seen.status() < 300) {
                lease.committed(now);
                lease.succeeded();
                tell(seen.status(), "");
            } else {
                String text = start.toString(UTF_8);
                failed(ReplyEvidence.of(seen, headroom, text, candidate, now));
            }
        }
        lease.finished();
    }

    @Override
    public void fail(TransportFailure failure) {
        failed(StreamFault.of(failure, services.clock().millis()));
        lease.finished();
    }

    private void tell(int status, String message) {
        long millis = services.clock().millis() - begin;
        String account = candidate.account().ref().toString();
        order.ifPresent(each ->
                each.answer()
                        .accept(
                                new TestCalls.Outcome.Made(
                                        account, candidate.model(), status, millis, message)));
    }

    private void failed(Evidence evidence) {
        KeptHead seen = head;
        tell(seen == null ? 0 : seen.status(), evidence.failure().name());
        services.meters().failed(evidence.failure());
        lease.failed(evidence);
    }

    @Override
    public void flush() {}

    @Override
    public boolean writable() {
        return true;
    }
}
