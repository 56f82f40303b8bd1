package dev.llmgateway.operator.oauth;

import dev.llmgateway.crds.compile.SignIn;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// Figures of refreshes and of tokens' ends.
final class OAuthMeters {
    private final MeterRegistry registry;
    private final Clock clock;

    OAuthMeters(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /// @param result `renewed`, `failed`, or why somebody has to sign in
    void refreshed(SignIn signIn, String result) {
        Counter.builder("llm_gateway_oauth_refreshes")
                .description("Attempts to refresh OAuth tokens, by result")
                .tag("profile", signIn.settings().profile().name())
                .tag("result", result)
                .register(registry)
                .increment();
    }

    /// Follows the end of one account's token; without one there is no figure.
    Gauge expiry(SignIn signIn, Supplier<Optional<Instant>> end) {
        return Gauge.builder("llm_gateway_oauth_token_expiry_seconds", () -> left(end.get()))
                .description("Seconds until the access token ends; below 0: it has")
                .tag("namespace", signIn.account().namespace())
                .tag("account", signIn.account().name())
                .register(registry);
    }

    void forget(Gauge gauge) {
        registry.remove(gauge);
    }

    private double left(Optional<Instant> end) {
        return end.map(at -> Duration.between(clock.instant(), at).toMillis() / 1_000.0)
                .orElse(Double.NaN);
    }
}
