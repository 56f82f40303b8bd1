package dev.llmgateway.crds.api;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/// How failures of an account are read.
@ValidationRule(
        value =
                "!has(self.capacityStatuses) || !has(self.credentialStatuses) || !self.capacityStatuses.exists(s, s in self.credentialStatuses)",
        message = "a status is either of capacity or of the credential")
public record Health(
        @Default("[429, 503, 529]") @Size(max = 16)
                List<@Min(400) @Max(599) Integer> capacityStatuses,
        @Default("[401, 402, 403]") @Size(max = 16)
                List<@Min(400) @Max(599) Integer> credentialStatuses,
        @Default("{}") Cooldown cooldown,
        @Default("{}") Ejection ejection,
        Probe probe) {
    @ValidationRule(
            value =
                    "!has(self.base) || !has(self.max) || duration(self.base) <= duration(self.max)",
            message = "base must not exceed max")
    public record Cooldown(
            @DurationText @Default("5s") String base,
            @DurationText @Default("5m") String max,
            @Default("true") Boolean honorRetryAfter) {}

    @ValidationRule(
            value =
                    "!has(self.base) || !has(self.max) || duration(self.base) <= duration(self.max)",
            message = "base must not exceed max")
    public record Ejection(
            @Default("5") @Min(1) @Max(100) Integer consecutive,
            @DurationText @Default("1s") String base,
            @DurationText @Default("30s") String max) {}

    public record Probe(
            @Required @Size(min = 1, max = 253) String model,
            @DurationText @Default("5m") String interval) {}
}
