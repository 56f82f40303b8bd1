package dev.llmgateway.crds.plan;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Which of a slot's two objects: the live index names one, the other is written next.
public enum Generation {
    @JsonProperty("a")
    A,
    @JsonProperty("b")
    B;

    public Generation other() {
        return this == A ? B : A;
    }

    /// As in the names of objects.
    public String text() {
        return this == A ? "a" : "b";
    }
}
