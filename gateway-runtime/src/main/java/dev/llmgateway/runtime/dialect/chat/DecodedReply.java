package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.ServiceTier;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.StopReason;
import dev.llmgateway.runtime.model.Usage;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Tells one reply of a Chat upstream, from the chunks of a stream or from its one document.
final class DecodedReply {
    private static final String CUT_OFF = "upstream stream ended before completion";

    /// Characters of an unknown reason that are shown.
    private static final int MOST_REASON = 64;

    private static final String ID_PREFIX = "chatcmpl-";

    private final RandomGenerator random;
    private final DecodedBlocks blocks;
    private final ChatUsage counts = new ChatUsage();
    private final JsonCursor json = new JsonCursor();
    private final CallFragment fragment = new CallFragment();
    private String id = "";
    private String model = "";
    private String finish = "";
    private ServiceTier tier = ServiceTier.Untold;
    private Usage usage = Usage.NONE;
    private int fragments;
    private boolean started;
    private boolean ended;

    DecodedReply(RandomGenerator random) {
        this.random = random;
        this.blocks = new DecodedBlocks(random);
    }

    /// `Finish` or `Fail` was told.
    boolean ended() {
        return ended;
    }

    boolean finishTold() {
        return !finish.isEmpty();
    }

    /// @param whole a document, in which every call stands for itself
    void take(ChatChunk chunk, boolean whole, Consumer<ReplyEvent> to) {
        if (!chunk.error.isEmpty()) {
            fail(ChatErrors.read(chunk.error), to);
            return;
        }
        id = id.isEmpty() ? JsonCursor.decoded(chunk.id) : id;
        model = model.isEmpty() ? JsonCursor.decoded(chunk.model) : model;
        tier = tier == ServiceTier.Untold ? tier(chunk.tier) : tier;
        count(chunk.delta().usage);
        count(chunk.usage);
        if (!chunk.hasChoice) {
            return;
        }
        start(to);
        ChatDelta delta = chunk.delta();
        blocks.say(DecodedBlocks.Kind.Thinking, delta.reasoning, to);
        if (!delta.tokens.isEmpty()) {
            to.accept(new ReplyEvent.Probabilities(delta.tokens));
        }
        parts(delta.parts, to);
        blocks.say(DecodedBlocks.Kind.Text, delta.content, to);
        blocks.say(DecodedBlocks.Kind.Refusal, delta.refusal, to);
        cited(delta.annotations, to);
        calls(delta, whole, to);
        if (!delta.finish.isEmpty()) {
            finish = JsonCursor.decoded(delta.finish);
        }
        refuseNonsense(to);
    }

    /// More of a text, without a chunk around it.
    void say(DecodedBlocks.Kind kind, Slice text, Consumer<ReplyEvent> to) {
        blocks.say(kind, text, to);
    }

    /// More arguments of a call that was begun, without a chunk around them.
    void argue(long index, Slice piece, Consumer<ReplyEvent> to) {
        blocks.argue(index, piece, to);
        refuseNonsense(to);
    }

    private void refuseNonsense(Consumer<ReplyEvent> to) {
        if (blocks.nonsense()) {
            broken("the upstream's tool calls make no sense", to);
        }
    }

    private static ServiceTier tier(Slice told) {
        if (told.is("default")) {
            return ServiceTier.Standard;
        }
        return told.is("priority") ? ServiceTier.Priority : ServiceTier.Untold;
    }

    private void count(Slice told) {
        if (!told.isEmpty()) {
            usage = counts.read(told).orElse(usage);
        }
    }

    private void start(Consumer<ReplyEvent> to) {
        if (started) {
            return;
        }
        started = true;
        String bare = id.startsWith(ID_PREFIX) ? id.substring(ID_PREFIX.length()) : id;
        String known = bare.isEmpty() ? RandomIds.of(random, "") : bare;
        to.accept(new ReplyEvent.Start(known, model, tier, usage));
    }

    /// Mistral's thoughts are a list of parts inside a part.
    private void parts(Slice list, Consumer<ReplyEvent> to) {
        if (!list.isEmpty()) {
            new DecodedParts(blocks).read(list, to);
        }
    }

    private void cited(Slice annotations, Consumer<ReplyEvent> to) {
        if (!annotations.isEmpty()) {
            json.over(annotations);
            json.array();
            while (json.element()) {
                to.accept(new ReplyEvent.Citation(blocks.last(), json.value()));
            }
        }
    }

    private void calls(ChatDelta delta, boolean whole, Consumer<ReplyEvent> to) {
        fragments = 0;
        if (!delta.functionCall.isEmpty()) {
            fragment.readLegacy(json.over(delta.functionCall));
            blocks.call(fragment, fragments++, to);
        }
        if (delta.toolCalls.isEmpty()) {
            return;
        }
        json.over(delta.toolCalls);
        json.array();
        for (int position = 0; json.element(); position++) {
            fragment.read(json);
            if (whole) {
                fragment.index = position;
            }
            blocks.call(fragment, position, to);
            fragments++;
        }
    }

    /// The one fragment of a call in the chunk taken last, when it holds arguments and no more.
    Optional<CallFragment> onlyArguments() {
        return fragments == 1 && fragment.onlyArgues() ? Optional.of(fragment) : Optional.empty();
    }

    /// The upstream has told all.
    void finish(Consumer<ReplyEvent> to) {
        if (ended) {
            return;
        }
        if (!started) {
            cutOff(to);
        } else if (blocks.nameless()) {
            broken("the upstream called a tool without a name", to);
        } else if (unknown()) {
            String shown = finish.substring(0, Math.min(finish.length(), MOST_REASON));
            fail(
                    GatewayError.of(
                            ErrorCode.OVERLOADED, "the upstream ended its reply with " + shown),
                    to);
        } else {
            ended = true;
            blocks.end(to);
            to.accept(new ReplyEvent.Finish(reason(), Slice.EMPTY, usage));
        }
    }

    private boolean unknown() {
        return switch (finish) {
            case "", "stop", "length", "tool_calls", "function_call", "content_filter" -> false;
            default -> true;
        };
    }

    /// Many upstreams say `stop` behind a call; arguments that break off were cut, whatever they
    /// say.
    private StopReason reason() {
        if (finish.equals("length")) {
            return StopReason.MaxTokens;
        }
        if (finish.equals("content_filter")) {
            return StopReason.Refusal;
        }
        if (blocks.called()) {
            return blocks.cut() ? StopReason.MaxTokens : StopReason.ToolUse;
        }
        return blocks.refused() ? StopReason.Refusal : StopReason.EndTurn;
    }

    /// The upstream's bytes end, or make no sense, before all was told.
    void cutOff(Consumer<ReplyEvent> to) {
        broken(CUT_OFF, to);
    }

    private void broken(String message, Consumer<ReplyEvent> to) {
        fail(GatewayError.of(ErrorCode.UPSTREAM_BROKEN, message), to);
    }

    void fail(GatewayError error, Consumer<ReplyEvent> to) {
        if (!ended) {
            ended = true;
            to.accept(new ReplyEvent.Fail(error));
        }
    }
}
