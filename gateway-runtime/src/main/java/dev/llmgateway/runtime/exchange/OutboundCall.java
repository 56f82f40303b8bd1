package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.runtime.dialect.json.BodyFacts;
import dev.llmgateway.runtime.dialect.json.ModelSplice;
import dev.llmgateway.runtime.dialect.json.Span;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.transport.Downstream;
import dev.llmgateway.runtime.transport.Reply;
import dev.llmgateway.runtime.transport.RequestBody;
import dev.llmgateway.runtime.transport.UpstreamCall;
import dev.llmgateway.runtime.transport.UpstreamRequest;
import dev.llmgateway.runtime.upstream.RequestHeaders;
import dev.llmgateway.runtime.upstream.UpstreamTarget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends an order to one candidate, under our headers: the client's own bytes with only the model's
/// name exchanged, or its translation.
final class OutboundCall {
    private final Services services;
    private final Snapshot snapshot;
    private final Downstream downstream;

    OutboundCall(Services services, Snapshot snapshot, Downstream downstream) {
        this.services = services;
        this.snapshot = snapshot;
        this.downstream = downstream;
    }

    UpstreamCall open(
            Order order, Candidate candidate, @Nullable Translation translation, Reply reply) {
        if (candidate.account().provider() == Provider.Simulated) {
            return simulate(order, candidate, translation, reply);
        }
        Snapshot.Upstream upstream = snapshot.upstreams().get(candidate.account().uid());
        if (upstream == null) {
            throw new IllegalStateException(
                    "account " + candidate.account().ref() + " has no upstream");
        }
        return translation == null
                ? send(order, candidate, upstream, reply)
                : sendTranslated(order, candidate, upstream, translation, reply);
    }

    private UpstreamCall simulate(
            Order order, Candidate candidate, @Nullable Translation translation, Reply reply) {
        return services.simulated()
                .call(
                        candidate.format(),
                        candidate.model(),
                        translation == null ? order.streams() : translation.streams(),
                        translation == null
                                ? BodyStream.of(order.body())
                                : stream(translation.body()),
                        downstream.loop(),
                        reply);
    }

    private static InputStream stream(Slice body) {
        return new ByteArrayInputStream(body.bytes(), body.from(), body.length());
    }

    private UpstreamCall sendTranslated(
            Order order,
            Candidate candidate,
            Snapshot.Upstream upstream,
            Translation translation,
            Reply reply) {
        UpstreamTarget target = upstream.target();
        Slice body = translation.body();
        ByteBuf head =
                RequestHeaders.head(
                        target,
                        order.translatedRoute(candidate.format()),
                        order.head(),
                        upstream.credential(),
                        body.length(),
                        downstream.allocator());
        List<ByteBuf> rest = List.of();
        if (body.length() <= RequestHeaders.SMALL_BODY) {
            head.writeBytes(body.bytes(), body.from(), body.length());
        } else {
            ByteBuf copy = downstream.allocator().directBuffer(body.length());
            rest = List.of(copy.writeBytes(body.bytes(), body.from(), body.length()));
        }
        var request =
                new UpstreamRequest(false, head, rest, target.timeouts(translation.streams()));
        return downstream.loop().upstream().call(target.endpoint(), request, reply);
    }

    private UpstreamCall send(
            Order order, Candidate candidate, Snapshot.Upstream upstream, Reply reply) {
        UpstreamTarget target = upstream.target();
        ModelSplice splice = splice(order, candidate.model());
        ByteBuf head =
                RequestHeaders.head(
                        target,
                        order.upstreamRoute(),
                        order.head(),
                        upstream.credential(),
                        splice.length(),
                        downstream.allocator());
        List<ByteBuf> body;
        try {
            body = body(order.body(), splice, head);
        } catch (RuntimeException e) {
            head.release(); // nobody else has it yet
            throw e;
        }
        var request = new UpstreamRequest(false, head, body, target.timeouts(order.streams()));
        return downstream.loop().upstream().call(target.endpoint(), request, reply);
    }

    /// Nothing is replaced where the one name in the body is the one to be asked for.
    private static ModelSplice splice(Order order, String model) {
        BodyFacts facts = order.facts();
        boolean same = facts.model().equals(model) && facts.modelSpans().size() == 1;
        long length = order.body().length();
        ModelSplice splice =
                same ? ModelSplice.none(length) : ModelSplice.of(length, facts.modelSpans(), model);
        StoredResponse stored = order.stored();
        if (stored.isInBody()) {
            splice = splice.and(stored.place(), stored.original());
        }
        List<Span> omitted = order.omitted().spans();
        for (int i = 0; i < omitted.size(); i++) {
            splice = splice.and(omitted.get(i), "");
        }
        return splice;
    }

    /// The body's slices; a small one goes behind its head instead, in one piece.
    private static List<ByteBuf> body(RequestBody body, ModelSplice splice, ByteBuf head) {
        if (splice.length() <= RequestHeaders.SMALL_BODY) {
            copy(body, splice, head);
            return List.of();
        }
        List<ByteBuf> slices = new ArrayList<>(4);
        long from = 0;
        for (int i = 0; i < splice.spans().size(); i++) {
            Span span = splice.spans().get(i);
            body.slices(from, span.start(), slices);
            slices.add(Unpooled.wrappedBuffer(splice.replacement(i)));
            from = span.end();
        }
        body.slices(from, body.length(), slices);
        return slices;
    }

    private static void copy(RequestBody body, ModelSplice splice, ByteBuf target) {
        long from = 0;
        for (int i = 0;
                i < splice.spans().size();
                i++) { // no iterator: every small request is here
            Span span = splice.spans().get(i);
            body.copy(from, span.start(), target);
            target.writeBytes(splice.replacement(i));
            from = span.end();
        }
        body.copy(from, body.length(), target);
    }
}
