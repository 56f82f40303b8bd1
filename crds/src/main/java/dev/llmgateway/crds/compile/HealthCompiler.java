package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.Durations;
import dev.llmgateway.crds.api.Health;
import dev.llmgateway.crds.plan.HealthPlan;

/// How an account's failures are read.
final class HealthCompiler {
    private HealthCompiler() {}

    static HealthPlan compile(Health health) {
        Health.Cooldown cooldown = health.cooldown();
        Health.Ejection ejection = health.ejection();
        Health.Probe probe = health.probe();
        return new HealthPlan(
                health.capacityStatuses(),
                health.credentialStatuses(),
                Durations.millis(cooldown.base()),
                Durations.millis(cooldown.max()),
                cooldown.honorRetryAfter(),
                ejection.consecutive(),
                Durations.millis(ejection.base()),
                Durations.millis(ejection.max()),
                probe == null ? "" : probe.model(),
                probe == null ? 0 : Durations.millis(probe.interval()));
    }
}
