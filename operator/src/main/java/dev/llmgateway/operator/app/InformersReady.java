package dev.llmgateway.operator.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready when changes of every kind arrive. A follower is ready too: its caches are warm.
@Readiness
@ApplicationScoped
public class InformersReady implements HealthCheck {
    private final OperatorStart operator;
    private final Settings settings;

    InformersReady(OperatorStart operator, Settings settings) {
        this.operator = operator;
        this.settings = settings;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<List<String>> deaf = operator.wiring().map(Wiring::deaf);
        boolean up = !settings.enabled() || deaf.filter(List::isEmpty).isPresent();
        return HealthCheckResponse.named("informers")
                .status(up)
                .withData("leading", operator.leading())
                .withData("without news", String.join(", ", deaf.orElse(List.of("everything"))))
                .build();
    }
}
