package dev.llmgateway.operator.app;

import dev.llmgateway.operator.snapshot.Scope;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What the chart sets, each as an environment variable such as `LLM_GATEWAY_WATCH_MODE`.
@ConfigMapping(prefix = "llm-gateway")
interface Settings {
    /// False: only health and metrics are served.
    @WithDefault("true")
    boolean enabled();

    /// The operator's own namespace; absent: the client's.
    Optional<String> namespace();

    /// Name of its pod, in the Lease and in Events.
    @WithDefault("operator")
    String podName();

    /// Of the gateways' pods, where a GatewayConfig names none.
    @WithDefault("llm-gateway:latest")
    String image();

    /// The user of the gateways' processes; absent: the image's, or what the platform assigns.
    OptionalLong runAsUser();

    Watch watch();

    Lease lease();

    /// Where objects are looked for.
    interface Watch {
        @WithDefault("Own")
        Mode mode();

        /// For mode `Namespaces`.
        Optional<List<String>> namespaces();
    }

    /// The values of `watch.mode`.
    enum Mode {
        Own,
        Namespaces,
        Cluster
    }

    /// Leader election.
    interface Lease {
        /// A leader that has not renewed for so long is replaced.
        @WithDefault("15S")
        Duration duration();

        /// A leader that cannot renew for so long gives up.
        @WithDefault("10S")
        Duration renewDeadline();

        /// Between attempts to renew or acquire.
        @WithDefault("2S")
        Duration retryPeriod();
    }

    /// @param own the operator's namespace
    default Scope scope(String own) {
        return switch (watch().mode()) {
            case Own -> new Scope.Own(own);
            case Namespaces -> new Scope.Listed(watch().namespaces().orElse(List.of(own)));
            case Cluster -> new Scope.Cluster();
        };
    }
}
