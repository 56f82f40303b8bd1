package dev.llmgateway.crds.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Where limits and budgets are counted.
@ValidationRule(
        value = "self.?store.orValue('Local') != 'Redis' || has(self.redis)",
        message = "store Redis needs redis")
public record Usage(
        @Default("Local")
                @JsonPropertyDescription(
                        "Local (each pod enforces its share of the limit) or Redis (shared). Default: Local.")
                Store store,
        @Default("FailOpen")
                @JsonPropertyDescription(
                        "When the store is away: FailOpen (local shares) or FailClosed (refuse). Default: FailOpen.")
                FailureMode failureMode,
        @JsonPropertyDescription("The Redis. Required with store Redis. Default: none.")
                @Nullable Redis redis) {
    static final Usage DEFAULT = new Usage(Store.Local, FailureMode.FailOpen, null);

    public Usage {
        store = Defaults.or(store, Store.Local);
        failureMode = Defaults.or(failureMode, FailureMode.FailOpen);
    }

    /// Where counters live.
    public enum Store {
        Local,
        Redis
    }

    /// What happens when the store is away.
    public enum FailureMode {
        FailOpen,
        FailClosed
    }

    /// A Redis.
    public record Redis(
            @Required
                    @JsonPropertyDescription(
                            "Secret key that holds the redis:// or rediss:// URL. Required.")
                    SecretKeyRef secretRef) {}
}
