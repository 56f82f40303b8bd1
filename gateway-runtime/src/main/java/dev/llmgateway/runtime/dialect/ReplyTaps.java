package dev.llmgateway.runtime.dialect;

import dev.llmgateway.crds.plan.WireFormat;
import org.jspecify.annotations.Nullable;

/// The tap for a reply that passes through.
public final class ReplyTaps {
    private ReplyTaps() {}

    /// @param format of the reply; the client's and the upstream's are the same
    /// @param sse the reply is an event stream, else one JSON document
    /// @param clientModel the name the client asked for, shown in place of the upstream's; null:
    ///   the upstream's stays
    public static ReplyTap forReply(WireFormat format, boolean sse, @Nullable String clientModel) {
        return switch (format) {
            case Messages, CountTokens -> {
                UsageTally tally = new UsageTally(false);
                yield sse
                        ? new SseTap(new MessagesReader(), tally, clientModel)
                        : new JsonTap(tally, clientModel);
            }
            case ChatCompletions, Completions, Embeddings, Models -> {
                UsageTally tally = new UsageTally(true);
                yield sse
                        ? new SseTap(new ChatReader(), tally, clientModel)
                        : new JsonTap(tally, clientModel);
            }
            case Responses -> {
                UsageTally tally = new UsageTally(true);
                yield sse
                        ? new SseTap(new ResponsesReader(), tally, clientModel)
                        : new JsonTap(tally, clientModel);
            }
        };
    }
}
