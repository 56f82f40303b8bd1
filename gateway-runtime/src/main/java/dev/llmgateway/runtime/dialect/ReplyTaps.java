package dev.llmgateway.runtime.dialect;

import dev.llmgateway.crds.plan.WireFormat;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The taps for replies that pass through, of one loop; those for JSON are used again.
public final class ReplyTaps {
    /// More replies than this read at once on one loop make taps of their own.
    private static final int MOST_KEPT = 64;

    private final Deque<JsonTap> free = new ArrayDeque<>();

    /// @param format of the reply; the client's and the upstream's are the same
    /// @param sse the reply is an event stream, else one JSON document
    /// @param clientModel the name the client asked for, shown in place of the upstream's; null:
    ///   the upstream's stays
    /// @param ids gives the id to show of a reply's own; null: that stays
    public ReplyTap take(
            WireFormat format,
            boolean sse,
            @Nullable String clientModel,
            @Nullable UnaryOperator<String> ids) {
        boolean inclusive = inclusive(format);
        if (sse) {
            return new SseTap(reader(format), new UsageTally(inclusive), clientModel, ids);
        }
        JsonTap kept = free.poll();
        JsonTap tap = (kept == null ? new JsonTap() : kept).reset(inclusive, clientModel);
        return ids == null ? tap : new IdTap(tap, ids);
    }

    /// Takes a tap back, whatever happened to its reply; it must not be used any more.
    public void give(ReplyTap tap) {
        tap.release();
        ReplyTap inner = tap instanceof IdTap held ? held.inner() : tap;
        if (inner instanceof JsonTap json && free.size() < MOST_KEPT) {
            free.push(json);
        }
    }

    /// Whether input tokens include cached ones.
    private static boolean inclusive(WireFormat format) {
        return switch (format) {
            case Messages, CountTokens -> false;
            case ChatCompletions, Completions, Embeddings, Models, Responses -> true;
        };
    }

    private static StreamReader reader(WireFormat format) {
        return switch (format) {
            case Messages, CountTokens -> new MessagesReader();
            case ChatCompletions, Completions, Embeddings, Models -> new ChatReader();
            case Responses -> new ResponsesReader();
        };
    }
}
