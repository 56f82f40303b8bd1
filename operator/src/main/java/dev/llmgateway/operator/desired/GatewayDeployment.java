package dev.llmgateway.operator.desired;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The pods. Only the image and the template roll them; plans reach them while they run.
public final class GatewayDeployment {
    private GatewayDeployment() {}

    public static Deployment of(GatewayFacts facts) {
        PodTemplate template = PodTemplate.read(facts.spec().deployment().podTemplate());
        Map<String, String> labels = new TreeMap<>(template.labels());
        labels.putAll(Ownership.labels(facts));
        return new DeploymentBuilder()
                .withMetadata(Ownership.metadata(facts, facts.name()))
                .withNewSpec()
                .withReplicas(facts.spec().deployment().replicas()) // null: the autoscaler's
                .withRevisionHistoryLimit(3)
                .withNewSelector()
                .withMatchLabels(Ownership.selector(facts))
                .endSelector()
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(new IntOrString(1))
                .withMaxUnavailable(new IntOrString(0))
                .endRollingUpdate()
                .endStrategy()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .withAnnotations(template.annotations())
                .endMetadata()
                .withSpec(pod(facts, template))
                .endTemplate()
                .endSpec()
                .build();
    }

    private static PodSpec pod(GatewayFacts facts, PodTemplate template) {
        PodSpecBuilder pod =
                new PodSpecBuilder()
                        .withServiceAccountName(facts.account())
                        .withAutomountServiceAccountToken(false)
                        .withEnableServiceLinks(false)
                        .withTerminationGracePeriodSeconds(
                                GatewayPod.terminationGraceSeconds(facts))
                        .withNewSecurityContext()
                        .withRunAsNonRoot(true)
                        .withNewSeccompProfile()
                        .withType("RuntimeDefault")
                        .endSeccompProfile()
                        .endSecurityContext()
                        .withContainers(GatewayPod.of(facts))
                        .withVolumes(PodVolumes.of(facts))
                        .withNodeSelector(template.nodeSelector())
                        .withTolerations(template.tolerations())
                        .withTopologySpreadConstraints(
                                template.spread().orElseGet(() -> spread(facts)))
                        .withImagePullSecrets(template.imagePullSecrets());
        template.affinity().ifPresent(pod::withAffinity);
        template.priorityClassName().ifPresent(pod::withPriorityClassName);
        facts.operator()
                .runAsUser()
                .ifPresent(
                        user -> pod.editSecurityContext().withRunAsUser(user).endSecurityContext());
        return pod.build();
    }

    /// Over zones and nodes where there are several; a single node takes all.
    private static List<TopologySpreadConstraint> spread(GatewayFacts facts) {
        return List.of(
                over("topology.kubernetes.io/zone", facts), over("kubernetes.io/hostname", facts));
    }

    private static TopologySpreadConstraint over(String topology, GatewayFacts facts) {
        return new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey(topology)
                .withWhenUnsatisfiable("ScheduleAnyway")
                .withLabelSelector(new LabelSelector(null, Ownership.selector(facts)))
                .build();
    }
}
