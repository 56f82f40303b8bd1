package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.runtime.dialect.json.BodyFacts;
import dev.llmgateway.runtime.dialect.json.ModelSplice;
import dev.llmgateway.runtime.dialect.json.Span;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.transport.Downstream;
import dev.llmgateway.runtime.transport.Reply;
import dev.llmgateway.runtime.transport.UpstreamCall;
import dev.llmgateway.runtime.transport.UpstreamRequest;
import dev.llmgateway.runtime.upstream.RequestHeaders;
import dev.llmgateway.runtime.upstream.UpstreamTarget;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/// Sends an order to one candidate: the client's own bytes with only the model's name exchanged, under our headers.
final class OutboundCall {
    private final Services services;
    private final Snapshot snapshot;
    private final Downstream downstream;

    OutboundCall(Services services, Snapshot snapshot, Downstream downstream) {
        this.services = services;
        this.snapshot = snapshot;
        this.downstream = downstream;
    }

    UpstreamCall open(Order order, Candidate candidate, Reply reply) {
        UpstreamTarget target = snapshot.targets().get(candidate.account().uid());
        return target == null ? simulate(order, candidate, reply) : send(order, candidate, target, reply);
    }

    private UpstreamCall simulate(Order order, Candidate candidate, Reply reply) {
        return services.simulated()
                .call(
                        order.format(),
                        candidate.model(),
                        order.facts().streaming(),
                        BodyStream.of(order.body()),
                        downstream.loop(),
                        reply);
    }

    private UpstreamCall send(Order order, Candidate candidate, UpstreamTarget target, Reply reply) {
        AccountPlan account = candidate.account();
        List<ByteBuf> slices = new ArrayList<>(4);
        long length = spliced(order, candidate.model(), slices);
        ByteBuf head =
                RequestHeaders.head(
                        target,
                        order.format(),
                        order.head(),
                        snapshot.credentials().of(account),
                        length,
                        downstream.allocator());
        var request = new UpstreamRequest(false, head, slices, target.timeouts(order.facts().streaming()));
        return downstream.loop().upstream().call(target.endpoint(), request, reply);
    }

    /// Slices of the body with every top-level `model` replaced where the name differs; returns the length in all.
    private static long spliced(Order order, String model, List<ByteBuf> slices) {
        BodyFacts facts = order.facts();
        long length = order.body().length();
        if (facts.model().equals(model) && facts.modelSpans().size() == 1) {
            order.body().slices(0, length, slices);
            return length;
        }
        ByteBuf name = ModelSplice.escaped(model);
        long from = 0;
        for (Span span : facts.modelSpans()) {
            order.body().slices(from, span.start(), slices);
            slices.add(name.retainedDuplicate());
            length += name.readableBytes() - (span.end() - span.start());
            from = span.end();
        }
        order.body().slices(from, order.body().length(), slices);
        name.release();
        return length;
    }
}
