package dev.llmgateway.crds.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/// How an account is chosen.
public record Routing(
        @Default("LeastOutstanding")
                @JsonPropertyDescription(
                        "Choice among equal accounts: LeastOutstanding, RoundRobin, Random, Weighted or PowerOfTwo. Default: LeastOutstanding.")
                Strategy strategy,
        @Default("{}")
                @JsonPropertyDescription(
                        "Keeps a conversation on one account, for its prompt cache. Default: as each field says.")
                Affinity affinity,
        @Default("Reject")
                @JsonPropertyDescription(
                        "Models no account lists: Reject (404 model_not_found) or Passthrough (to defaultPool). Default: Reject.")
                Unmatched unmatchedModels,
        @Default("default")
                @Size(min = 1, max = 63)
                @JsonPropertyDescription("Pool for Passthrough. Default: default. 1-63 characters.")
                String defaultPool) {
    static final Routing DEFAULT =
            new Routing(Strategy.LeastOutstanding, Affinity.DEFAULT, Unmatched.Reject, "default");

    public Routing {
        strategy = Defaults.or(strategy, Strategy.LeastOutstanding);
        affinity = Defaults.or(affinity, Affinity.DEFAULT);
        unmatchedModels = Defaults.or(unmatchedModels, Unmatched.Reject);
        defaultPool = Defaults.or(defaultPool, "default");
    }

    /// Choice among equal accounts.
    public enum Strategy {
        LeastOutstanding,
        RoundRobin,
        Random,
        Weighted,
        PowerOfTwo
    }

    /// What happens to models no account lists.
    public enum Unmatched {
        Reject,
        Passthrough
    }

    /// Keeps a conversation on one account.
    public record Affinity(
            @Default("true") @JsonPropertyDescription("Whether affinity is on. Default: true.")
                    Boolean enabled,
            @Default("[\"Header\", \"MetadataUserID\", \"PromptPrefix\"]")
                    @Size(max = 3)
                    @JsonPropertyDescription(
                            "What names a conversation, first found counts. Default: [Header, MetadataUserID, PromptPrefix]. At most 3.")
                    List<AffinitySource> sources,
            @Default("x-session-id")
                    @Size(min = 1, max = 128)
                    @JsonPropertyDescription(
                            "Client header of source Header. Default: x-session-id. 1-128 characters.")
                    String header,
            @DurationText
                    @Default("5m")
                    @JsonPropertyDescription(
                            "How long a quiet conversation is remembered. Duration. Default: 5m. Range: 1s-24h.")
                    String ttl) {
        static final Affinity DEFAULT =
                new Affinity(true, List.of(AffinitySource.values()), "x-session-id", "5m");

        public Affinity {
            enabled = Defaults.or(enabled, true);
            sources = Defaults.list(sources, List.of(AffinitySource.values()));
            header = Defaults.or(header, "x-session-id");
            ttl = Defaults.or(ttl, "5m");
        }
    }

    /// What names a conversation.
    public enum AffinitySource {
        Header,
        MetadataUserID,
        PromptPrefix
    }
}
