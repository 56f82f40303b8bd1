package dev.llmgateway.crds.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/// How pods learn of changes.
public record Propagation(
        @Default("Watch")
                @JsonPropertyDescription(
                        "Watch (the API server, within a second) or Mount (volumes, about a minute). Default: Watch.")
                Mode mode) {
    public Propagation {
        mode = Defaults.or(mode, Mode.Watch);
    }

    /// The way a change takes to the pods.
    public enum Mode {
        Watch,
        Mount
    }
}
