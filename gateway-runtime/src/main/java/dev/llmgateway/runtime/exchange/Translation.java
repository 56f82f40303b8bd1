package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.catalog.ModelCatalog;
import dev.llmgateway.crds.plan.CatalogEntry;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.Dialects;
import dev.llmgateway.runtime.dialect.ReplyTap;
import dev.llmgateway.runtime.dialect.TranslatingTap;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Conversation;
import dev.llmgateway.runtime.dialect.translation.Dialect;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Origin;
import dev.llmgateway.runtime.dialect.translation.ReplyContext;
import dev.llmgateway.runtime.dialect.translation.ReplyEncoder;
import dev.llmgateway.runtime.dialect.translation.ReplyStages;
import dev.llmgateway.runtime.dialect.translation.RequestMemory;
import dev.llmgateway.runtime.dialect.translation.Target;
import dev.llmgateway.runtime.dialect.translation.TokenEstimate;
import dev.llmgateway.runtime.dialect.translation.ToolNames;
import dev.llmgateway.runtime.model.AccountTag;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Tool;
import dev.llmgateway.runtime.transport.RequestBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.List;

/// One request for an upstream that speaks another format than the client, and the way its reply
/// comes back.
///
/// @param body for the upstream; lives until the loop's next translation
/// @param streams whether the upstream is asked to stream, which may differ from what the client
///   asked
/// @param losses what could not be carried, as `field=reason`
record Translation(
        Dialect from,
        Dialect to,
        Slice body,
        boolean streams,
        boolean clientStreams,
        List<String> losses,
        ReplyContext context,
        ReplyStages stages,
        Workspace workspace) {
    /// Reads the client's request and writes the candidate's.
    ///
    /// @throws dev.llmgateway.runtime.dialect.translation.Refusal when it cannot be carried
    static Translation of(
            Order order,
            Candidate candidate,
            GatewayPlan plan,
            Workspace workspace,
            long nowMillis) {
        Dialect reader = Dialects.of(order.format());
        Dialect from = Dialects.of(order.answer());
        Dialect to = Dialects.of(order.counts() ? WireFormat.CountTokens : candidate.format());
        Notes notes = new Notes(plan.settings().strictTranslation());
        Target target = target(candidate, plan.catalog());

        Slice body = heap(order.body(), workspace);
        ChatRequest read = reader.read(body, notes);
        ChatRequest told =
                order.omitted().reasoning() ? Conversation.withoutReasoning(read, notes) : read;
        ChatRequest asked = Conversation.ordered(told, notes);
        ToolNames names = ToolNames.of(asked);
        ChatRequest request = names.applied(asked);
        if (to.mustStream(request, target)) {
            request = request.streaming();
        }
        JsonBytes out = workspace.translation().request();
        to.write(request, target, notes, out);

        ReplyContext context = context(order, candidate, asked, from.memory(body), nowMillis);
        return new Translation(
                from,
                to,
                out.slice(),
                request.stream() && !order.counts(),
                asked.stream() && !order.counts(),
                notes.all(),
                context,
                ReplyStages.of(
                        asked,
                        names,
                        candidate.format(),
                        to.emulatesStop(request, target),
                        to.takesCustomTools(target)),
                workspace);
    }

    /// About how many input tokens a request has.
    static long estimate(WireFormat format, RequestBody body, Workspace workspace) {
        return TokenEstimate.of(Dialects.of(format).read(heap(body, workspace), new Notes(false)));
    }

    private static Target target(Candidate candidate, List<CatalogEntry> catalog) {
        Provider provider = candidate.account().provider();
        CatalogEntry entry = ModelCatalog.lookup(catalog, provider, candidate.model());
        return new Target(candidate.model(), entry, provider == Provider.Anthropic, tag(candidate));
    }

    private static ReplyContext context(
            Order order,
            Candidate candidate,
            ChatRequest asked,
            RequestMemory memory,
            long nowMillis) {
        boolean renamed = !order.facts().model().equals(candidate.model());
        return new ReplyContext(
                renamed ? order.facts().model() : "",
                nowMillis / 1_000,
                asked.includeUsage(),
                TokenEstimate.of(asked),
                asked.tools().stream().anyMatch(Tool.Custom.class::isInstance),
                true,
                new Origin(tag(candidate), candidate.model()),
                memory);
    }

    private static String tag(Candidate candidate) {
        return AccountTag.of(candidate.account().uid());
    }

    /// On the heap, where it lives until the loop's next translation.
    static Slice heap(RequestBody body, Workspace workspace) {
        int length = Math.toIntExact(body.length());
        byte[] bytes = workspace.translation().body(length);
        ByteBuf target = Unpooled.wrappedBuffer(bytes).clear();
        body.copy(0, length, target);
        return new Slice(bytes, 0, length);
    }

    /// @param sse the upstream streams its reply, else it is one document
    ReplyTap tap(boolean sse, ByteBufAllocator allocator) {
        ReplyEncoder encoder = clientStreams ? from.streaming(context) : from.document(context);
        return new TranslatingTap(
                workspace.translation(),
                allocator,
                to,
                context.origin(),
                sse,
                encoder,
                stages::before);
    }
}
