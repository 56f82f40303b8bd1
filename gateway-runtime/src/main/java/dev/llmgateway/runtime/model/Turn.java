package dev.llmgateway.runtime.model;

import java.util.List;

/// One speaker's parts, in order. Results of tools are parts of a user's turn.
public record Turn(Role role, List<Part> parts) {
    public Turn {
        parts = List.copyOf(parts);
    }
}
