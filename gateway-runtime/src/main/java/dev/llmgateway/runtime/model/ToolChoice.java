package dev.llmgateway.runtime.model;

import java.util.List;

/// Whether and which tools are to be called.
public sealed interface ToolChoice {
    record Unsaid() implements ToolChoice {}

    record Auto() implements ToolChoice {}

    /// No tool.
    record None() implements ToolChoice {}

    /// At least one, whichever.
    record Any() implements ToolChoice {}

    record Named(String name) implements ToolChoice {}

    /// Only those listed; at least one when `required` (OpenAI).
    record Allowed(List<String> names, boolean required) implements ToolChoice {
        public Allowed {
            names = List.copyOf(names);
        }
    }
}
