package dev.llmgateway.operator.desired;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.util.ArrayList;
import java.util.List;

/// The objects of a gateway beside its bundle, whose content is no secret.
///
/// @param wanted to be applied in this order: what pods need stands before the pods
/// @param unwanted to be deleted where they exist and are ours; only kind and name count
/// @param problems `path: what is wrong` with what was written into `podTemplate` and `extraEgress`
public record GatewayObjects(
        List<HasMetadata> wanted, List<HasMetadata> unwanted, List<String> problems) {
    public GatewayObjects {
        wanted = List.copyOf(wanted);
        unwanted = List.copyOf(unwanted);
        problems = List.copyOf(problems);
    }

    public static GatewayObjects of(GatewayFacts facts) {
        List<HasMetadata> wanted = new ArrayList<>();
        List<HasMetadata> unwanted = new ArrayList<>();
        wanted.add(GatewayServiceAccount.of(facts));
        (PodVolumes.asksTheApiServer(facts) ? wanted : unwanted)
                .addAll(List.of(BundleRole.of(facts), BundleRole.binding(facts)));
        GatewayNetworkPolicy.of(facts)
                .ifPresentOrElse(
                        wanted::add,
                        () ->
                                unwanted.add(
                                        new NetworkPolicyBuilder()
                                                .withMetadata(named(facts))
                                                .build()));
        wanted.add(GatewayService.of(facts));
        wanted.add(GatewayDisruptionBudget.of(facts));
        wanted.add(GatewayDeployment.of(facts));
        GatewayAutoscaler.of(facts)
                .ifPresentOrElse(
                        wanted::add,
                        () ->
                                unwanted.add(
                                        new HorizontalPodAutoscalerBuilder()
                                                .withMetadata(named(facts))
                                                .build()));
        return new GatewayObjects(wanted, unwanted, problems(facts));
    }

    private static ObjectMeta named(GatewayFacts facts) {
        return Ownership.metadata(facts, facts.name());
    }

    private static List<String> problems(GatewayFacts facts) {
        var written = facts.spec().deployment();
        List<String> problems = new ArrayList<>(PodTemplate.read(written.podTemplate()).problems());
        problems.addAll(GatewayNetworkPolicy.problems(written.networkPolicy().extraEgress()));
        return problems;
    }
}
