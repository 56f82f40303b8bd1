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

    /// What one of the numbers is worth; NaN: not said, or no number.
    public static double worth(Slice json) {
        byte first = json.isEmpty() ? 0 : json.at(0);
        boolean number = first == '-' || (first >= '0' && first <= '9');
        return number ? Double.parseDouble(json.toString()) : Double.NaN;
    }
}
