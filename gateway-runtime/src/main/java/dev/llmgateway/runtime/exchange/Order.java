package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.Operation;
import dev.llmgateway.runtime.dialect.ReplyTap;
import dev.llmgateway.runtime.dialect.ReplyTaps;
import dev.llmgateway.runtime.dialect.Route;
import dev.llmgateway.runtime.dialect.json.BodyFacts;
import dev.llmgateway.runtime.dialect.json.Span;
import dev.llmgateway.runtime.dialect.json.StreamFlag;
import dev.llmgateway.runtime.dialect.responses.ReasoningItems;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.routing.Decision;
import dev.llmgateway.runtime.transport.RequestBody;
import dev.llmgateway.runtime.transport.RequestHead;
import dev.llmgateway.runtime.upstream.UpstreamRoute;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to be delivered: an admitted, understood request with its body.
///
/// @param format of the body
/// @param answer in which the client reads its reply: the same, but for clients that send a body of
///   Responses to the path of Chat (translation.md 1.1)
/// @param stored the response that it goes on with, or is about
/// @param replyIds how ids of responses in the reply are shown; null: as they are
/// @param decision the accounts that may serve it
/// @param omitted what of the body is not sent
/// @param ownCredential the caller's own provider credential is to be forwarded
record Order(
        RequestHead head,
        Route route,
        WireFormat format,
        WireFormat answer,
        BodyFacts facts,
        RequestBody body,
        StoredResponse stored,
        @Nullable ReplyIds replyIds,
        Decision decision,
        Omission omitted,
        boolean ownCredential)
        implements Placement {
    /// The same route at the upstream, with what the client asked of it.
    UpstreamRoute upstreamRoute() {
        return switch (route.operation()) {
            case InputTokens ->
                    new UpstreamRoute(format, "POST", "/input_tokens", head.query(), true);
            case ResponsesCompact ->
                    new UpstreamRoute(format, "POST", "/compact", head.query(), true);
            case ResponseById -> {
                String method = head.method().equals("DELETE") ? "DELETE" : "GET";
                yield new UpstreamRoute(
                        format, method, "/" + stored.original(), head.query(), true);
            }
            default -> UpstreamRoute.relayed(format, head.query());
        };
    }

    /// The upstream's own route for what is asked of it in another format.
    UpstreamRoute translatedRoute(WireFormat upstream) {
        return counts()
                ? new UpstreamRoute(upstream, "POST", "/input_tokens", "", false)
                : UpstreamRoute.translated(upstream);
    }

    /// Whether an upstream of a format is asked in the client's own words and answers in them.
    boolean passesTo(WireFormat upstream) {
        return upstream == format && answer == format;
    }

    /// The same without reasoning of earlier turns; null: it has none, or what passes as it is has
    /// to pass whole, since its client makes errors of this kind good by itself (translation.md
    /// 5.1).
    @Nullable Order withoutReasoning(WireFormat upstream, Workspace workspace) {
        if (omitted.reasoning()) {
            return null;
        }
        if (!passesTo(upstream)) {
            return omitting(new Omission(true, List.of()));
        }
        if (route.operation() != Operation.Responses) {
            return null;
        }
        List<Span> spans = ReasoningItems.in(Translation.heap(body, workspace));
        return spans.isEmpty() ? null : omitting(new Omission(true, spans));
    }

    private Order omitting(Omission omission) {
        return new Order(
                head,
                route,
                format,
                answer,
                facts,
                body,
                stored,
                replyIds,
                decision,
                omission,
                ownCredential);
    }

    /// Whether only an account that speaks the format itself can do it.
    static boolean nativeOnly(Route route) {
        return switch (route.operation()) {
            case ResponsesCompact, InputTokens -> true;
            case Messages,
                    CountTokens,
                    ChatCompletions,
                    Completions,
                    Responses,
                    ResponseById,
                    Embeddings,
                    Models,
                    ModelById,
                    Usage,
                    Status,
                    Root,
                    Unknown ->
                    false;
        };
    }

    /// Whether a model does something for it, which is paid for.
    boolean generates() {
        return route.operation() != Operation.ResponseById && !counts();
    }

    /// What reads along a reply of the client's own format.
    ///
    /// @param sse it is an event stream
    /// @param good it is a success
    ReplyTap tap(ReplyTaps taps, boolean sse, boolean good, Candidate candidate) {
        return taps.take(
                format,
                sse,
                renamedBy(candidate) ? facts.model() : null,
                good && replyIds != null ? replyIds.of(candidate) : null);
    }

    /// Whether the upstream knows the model by another name.
    boolean renamedBy(Candidate candidate) {
        return !facts.model().equals(candidate.model());
    }

    /// Whether a reply comes as it is, so that its length is known.
    boolean keepsLength(Candidate candidate, boolean good) {
        return !renamedBy(candidate) && !(good && replyIds != null);
    }

    /// Counting says nothing of an account's health.
    boolean counts() {
        return route.operation() == Operation.CountTokens
                || route.operation() == Operation.InputTokens;
    }

    boolean streams() {
        return streams(facts);
    }

    static boolean streams(BodyFacts facts) {
        return facts.stream() == StreamFlag.True;
    }
}
