package dev.llmgateway.crds.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a gateway tells about itself.
public record Observability(
        @HttpUrl
                @JsonPropertyDescription(
                        "OTLP endpoint for traces and metrics, http(s) URL. Default: none. At most 2048 characters.")
                @Nullable String otlpEndpoint,
        @Default("[\"namespace\", \"owner\", \"pool\", \"account\"]")
                @Size(max = 8)
                @JsonPropertyDescription(
                        "Labels of usage metrics. Default: [namespace, owner, pool, account]. At most 8.")
                List<@Size(max = 32) String> metricLabels,
        @Default("{}")
                @JsonPropertyDescription(
                        "One JSON line per request on stdout. Default: {enabled: true}.")
                AccessLog accessLog,
        @Default("{}")
                @JsonPropertyDescription(
                        "Recorded requests for finding faults. Default: {enabled: false}.")
                DebugTraces debugTraces) {
    static final List<String> METRIC_LABELS = List.of("namespace", "owner", "pool", "account");
    static final Observability DEFAULT =
            new Observability(null, METRIC_LABELS, AccessLog.DEFAULT, DebugTraces.DEFAULT);

    public Observability {
        metricLabels = Defaults.list(metricLabels, METRIC_LABELS);
        accessLog = Defaults.or(accessLog, AccessLog.DEFAULT);
        debugTraces = Defaults.or(debugTraces, DebugTraces.DEFAULT);
    }

    /// One JSON line per request.
    public record AccessLog(
            @Default("true") @JsonPropertyDescription("Whether it is written. Default: true.")
                    Boolean enabled) {
        static final AccessLog DEFAULT = new AccessLog(true);

        public AccessLog {
            enabled = Defaults.or(enabled, true);
        }
    }

    /// Recorded requests for finding faults.
    public record DebugTraces(
            @Default("false")
                    @JsonPropertyDescription("Whether requests are recorded. Default: false.")
                    Boolean enabled,
            @Default("Redacted")
                    @JsonPropertyDescription(
                            "Redacted (without prompts and replies) or Full. Default: Redacted.")
                    TraceContent content,
            @DurationText
                    @Default("1h")
                    @JsonPropertyDescription(
                            "How long a record is kept. Duration. Default: 1h. Range: 1s-24h.")
                    String ttl) {
        static final DebugTraces DEFAULT = new DebugTraces(false, TraceContent.Redacted, "1h");

        public DebugTraces {
            enabled = Defaults.or(enabled, false);
            content = Defaults.or(content, TraceContent.Redacted);
            ttl = Defaults.or(ttl, "1h");
        }
    }

    /// How much a record holds.
    public enum TraceContent {
        Redacted,
        Full
    }
}
