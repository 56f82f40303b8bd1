package dev.llmgateway.crds.api;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/// How an account is chosen.
public record Routing(
        @Default("LeastOutstanding") Strategy strategy,
        @Default("{}") Affinity affinity,
        @Default("Reject") Unmatched unmatchedModels,
        @Default("default") @Size(min = 1, max = 63) String defaultPool) {
    public enum Strategy {
        LeastOutstanding,
        RoundRobin,
        Random,
        Weighted,
        PowerOfTwo
    }

    public enum Unmatched {
        Reject,
        Passthrough
    }

    public record Affinity(
            @Default("true") Boolean enabled,
            @Default("[\"Header\", \"MetadataUserID\", \"PromptPrefix\"]") @Size(max = 3)
                    List<AffinitySource> sources,
            @Default("x-session-id") @Size(min = 1, max = 128) String header,
            @DurationText @Default("5m") String ttl) {}

    public enum AffinitySource {
        Header,
        MetadataUserID,
        PromptPrefix
    }
}
