package dev.llmgateway.crds.api;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/// What a gateway tells about itself.
public record Observability(
        @HttpUrl String otlpEndpoint,
        @Default("[\"namespace\", \"owner\", \"pool\", \"account\"]") @Size(max = 8)
                List<@Size(max = 32) String> metricLabels,
        @Default("{}") AccessLog accessLog,
        @Default("{}") DebugTraces debugTraces) {
    public record AccessLog(@Default("true") Boolean enabled) {}

    public record DebugTraces(
            @Default("false") Boolean enabled,
            @Default("Redacted") TraceContent content,
            @DurationText @Default("1h") String ttl) {}

    public enum TraceContent {
        Redacted,
        Full
    }
}
