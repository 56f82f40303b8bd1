package dev.llmgateway.crds.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How failures of an account are read.
@ValidationRule(
        value =
                "!has(self.capacityStatuses) || !has(self.credentialStatuses) || !self.capacityStatuses.exists(s, s in self.credentialStatuses)",
        message = "a status is either of capacity or of the credential")
public record Health(
        @Default("[429, 503, 529]")
                @Size(max = 16)
                @JsonPropertyDescription(
                        "HTTP statuses that mean: no capacity now. Default: [429, 503, 529]. Range: 400-599, at most 16, none of credentialStatuses.")
                List<@Min(400) @Max(599) Integer> capacityStatuses,
        @Default("[401, 402, 403]")
                @Size(max = 16)
                @JsonPropertyDescription(
                        "HTTP statuses that mean: credential refused. Default: [401, 402, 403]. Range: 400-599, at most 16, none of capacityStatuses.")
                List<@Min(400) @Max(599) Integer> credentialStatuses,
        @Default("{}")
                @JsonPropertyDescription(
                        "Rest after a capacity failure. Default: {base: 5s, max: 5m, honorRetryAfter: true}.")
                Cooldown cooldown,
        @Default("{}")
                @JsonPropertyDescription(
                        "Rest after failures in a row of any other kind. Default: {consecutive: 5, base: 1s, max: 30s}.")
                Ejection ejection,
        @JsonPropertyDescription(
                        "Asks a model from time to time, which costs tokens. Default: off.")
                @Nullable Probe probe) {
    static final Health DEFAULT =
            new Health(
                    List.of(429, 503, 529),
                    List.of(401, 402, 403),
                    Cooldown.DEFAULT,
                    Ejection.DEFAULT,
                    null);

    public Health {
        capacityStatuses = Defaults.list(capacityStatuses, List.of(429, 503, 529));
        credentialStatuses = Defaults.list(credentialStatuses, List.of(401, 402, 403));
        cooldown = Defaults.or(cooldown, Cooldown.DEFAULT);
        ejection = Defaults.or(ejection, Ejection.DEFAULT);
    }

    /// Rest after a capacity failure.
    @ValidationRule(
            value =
                    "!has(self.base) || !has(self.max) || duration(self.base) <= duration(self.max)",
            message = "base must not exceed max")
    public record Cooldown(
            @DurationText
                    @Default("5s")
                    @JsonPropertyDescription(
                            "First rest, doubling up to max. Duration. Default: 5s. Range: 1s-24h, at most max.")
                    String base,
            @DurationText
                    @Default("5m")
                    @JsonPropertyDescription(
                            "Longest rest, a Retry-After included. Duration. Default: 5m. Range: 1s-24h.")
                    String max,
            @Default("true")
                    @JsonPropertyDescription(
                            "True: the upstream's Retry-After or reset header decides. Default: true.")
                    Boolean honorRetryAfter) {
        static final Cooldown DEFAULT = new Cooldown("5s", "5m", true);

        public Cooldown {
            base = Defaults.or(base, "5s");
            max = Defaults.or(max, "5m");
            honorRetryAfter = Defaults.or(honorRetryAfter, true);
        }
    }

    /// Rest after failures in a row.
    @ValidationRule(
            value =
                    "!has(self.base) || !has(self.max) || duration(self.base) <= duration(self.max)",
            message = "base must not exceed max")
    public record Ejection(
            @Default("5")
                    @Min(1)
                    @Max(100)
                    @JsonPropertyDescription(
                            "Failures in a row that eject the account. Default: 5. Range: 1-100.")
                    Integer consecutive,
            @DurationText
                    @Default("1s")
                    @JsonPropertyDescription(
                            "First rest, doubling up to max. Duration. Default: 1s. Range: 1s-24h, at most max.")
                    String base,
            @DurationText
                    @Default("30s")
                    @JsonPropertyDescription("Longest rest. Duration. Default: 30s. Range: 1s-24h.")
                    String max) {
        static final Ejection DEFAULT = new Ejection(5, "1s", "30s");

        public Ejection {
            consecutive = Defaults.or(consecutive, 5);
            base = Defaults.or(base, "1s");
            max = Defaults.or(max, "30s");
        }
    }

    /// An active probe.
    public record Probe(
            @Required
                    @Size(min = 1, max = 253)
                    @JsonPropertyDescription("Model that is asked. Required, 1-253 characters.")
                    String model,
            @DurationText
                    @Default("5m")
                    @JsonPropertyDescription(
                            "Time between two probes. Duration. Default: 5m. Range: 1s-24h.")
                    String interval) {
        public Probe {
            interval = Defaults.or(interval, "5m");
        }
    }
}
