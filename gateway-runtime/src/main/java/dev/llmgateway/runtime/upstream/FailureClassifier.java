package dev.llmgateway.runtime.upstream;

import dev.llmgateway.crds.plan.HealthPlan;
import dev.llmgateway.runtime.model.FailureClass;
import java.util.Optional;

/// What a status says about whom (design/architecture.md, Failure classes).
public final class FailureClassifier {
    private FailureClassifier() {}

    /// Empty: success.
    public static Optional<FailureClass> classify(int status, HealthPlan health) {
        if (status >= 200 && status < 300) {
            return Optional.empty();
        }
        if (health.capacityStatuses().contains(status)) {
            return Optional.of(FailureClass.Capacity);
        }
        if (health.credentialStatuses().contains(status)) {
            return Optional.of(FailureClass.Credential);
        }
        boolean clientError = status >= 400 && status < 500 && status != 408;
        return Optional.of(clientError ? FailureClass.Request : FailureClass.Upstream);
    }
}
