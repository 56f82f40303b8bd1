package dev.llmgateway.runtime.model;

import dev.llmgateway.crds.plan.WireFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// In which format an upstream is asked for a client of a format that it does not speak.
public final class Translatable {
    private Translatable() {}

    /// @param client format of the request
    /// @param spoken formats of the upstream
    /// @return the one that loses least; empty: it cannot be asked
    public static Optional<WireFormat> into(WireFormat client, Set<WireFormat> spoken) {
        return choices(client).stream().filter(spoken::contains).findFirst();
    }

    private static List<WireFormat> choices(WireFormat client) {
        return switch (client) {
            // Responses keeps reasoning and images of tool results.
            case Messages -> List.of(WireFormat.Responses, WireFormat.ChatCompletions);
            // Messages keeps signed thoughts and images of tool results.
            case Responses -> List.of(WireFormat.Messages, WireFormat.ChatCompletions);
            case ChatCompletions -> List.of(WireFormat.Responses, WireFormat.Messages);
            case Completions ->
                    List.of(WireFormat.ChatCompletions, WireFormat.Responses, WireFormat.Messages);
            case Embeddings, CountTokens, Models -> List.of();
        };
    }
}
