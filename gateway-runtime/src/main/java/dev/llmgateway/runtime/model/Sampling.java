package dev.llmgateway.runtime.model;

import java.util.List;

/// How tokens are chosen and when to stop. Numbers are JSON texts; empty: not said.
///
/// @param maxTokens most tokens of the reply; [#UNSAID]: not said
/// @param stop escaped texts
public record Sampling(
        long maxTokens, Slice temperature, Slice topP, Slice topK, List<Slice> stop) {
    public static final long UNSAID = -1;

    public Sampling {
        stop = List.copyOf(stop);
    }
}
