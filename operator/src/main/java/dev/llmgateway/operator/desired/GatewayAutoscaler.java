package dev.llmgateway.operator.desired;

import dev.llmgateway.crds.api.Deployment.Autoscaling;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The number of pods by CPU, where that is asked for.
public final class GatewayAutoscaler {
    private GatewayAutoscaler() {}

    public static Optional<HorizontalPodAutoscaler> of(GatewayFacts facts) {
        @Nullable Autoscaling wanted = facts.spec().deployment().autoscaling();
        return wanted == null ? Optional.empty() : Optional.of(of(facts, wanted));
    }

    private static HorizontalPodAutoscaler of(GatewayFacts facts, Autoscaling wanted) {
        return new HorizontalPodAutoscalerBuilder()
                .withMetadata(Ownership.metadata(facts, facts.name()))
                .withNewSpec()
                .withNewScaleTargetRef("apps/v1", "Deployment", facts.name())
                .withMinReplicas(wanted.minReplicas())
                .withMaxReplicas(wanted.maxReplicas())
                .addNewMetric()
                .withType("Resource")
                .withNewResource()
                .withName("cpu")
                .withNewTarget()
                .withType("Utilization")
                .withAverageUtilization(wanted.targetCPUUtilization())
                .endTarget()
                .endResource()
                .endMetric()
                .endSpec()
                .build();
    }
}
