package dev.llmgateway.crds.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Bounds of requests in one pod.
public record Request(
        @Default("32Mi")
                @Size(max = 16)
                @ValidationRule(
                        value = "isQuantity(self)",
                        message = "must be a quantity such as 32Mi")
                @JsonPropertyDescription(
                        "Largest request body, bytes as a quantity. Default: 32Mi. At most 16 characters.")
                String maxBodyBytes,
        @Default("2000")
                @Min(1)
                @Max(1000000)
                @JsonPropertyDescription(
                        "Requests in flight in one pod. Default: 2000. Range: 1-1000000.")
                Integer maxConcurrent,
        @Default("256Mi")
                @Size(max = 16)
                @ValidationRule(
                        value = "isQuantity(self)",
                        message = "must be a quantity such as 256Mi")
                @JsonPropertyDescription(
                        "All buffered request bodies of one pod, bytes as a quantity. Default: 256Mi. At most 16 characters.")
                String bodyMemory,
        @Min(1)
                @Max(1000000)
                @JsonPropertyDescription(
                        "Connections of one client address to one pod; more are answered 503 and closed. Behind a balancer that hides client addresses all clients share one. Default: no limit. Range: 1-1000000.")
                @Nullable Integer maxConnectionsPerAddress) {
    static final Request DEFAULT = new Request("32Mi", 2000, "256Mi", null);

    public Request {
        maxBodyBytes = Defaults.or(maxBodyBytes, "32Mi");
        maxConcurrent = Defaults.or(maxConcurrent, 2000);
        bodyMemory = Defaults.or(bodyMemory, "256Mi");
    }
}
