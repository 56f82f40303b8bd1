package dev.llmgateway.operator.desired;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.crds.api.EgressRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Who reaches the pods, and what they reach. The addresses of an API server and of providers are
/// not known here, so egress is limited by port, and never goes to link-local addresses, where
/// clouds keep their metadata; the gateway itself judges every address it connects to.
public final class GatewayNetworkPolicy {
    /// Namespaces whose pods may reach admin ports: a label that only whoever may change namespaces
    /// can set. A token is needed all the same.
    public static final String ADMIN_ACCESS = "llm-gateway.dev/admin-access";

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Providers and API servers behind Services; API servers themselves, as most distributions
    /// have them.
    private static final List<Integer> ALWAYS = List.of(443, 6443);

    private GatewayNetworkPolicy() {}

    public static Optional<NetworkPolicy> of(GatewayFacts facts) {
        return facts.spec().deployment().networkPolicy().enabled()
                ? Optional.of(policy(facts))
                : Optional.empty();
    }

    /// `path: what is wrong` for each rule of `extraEgress` that cannot be read and is left out.
    public static List<String> problems(List<EgressRule> extra) {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < extra.size(); i++) {
            if (read(extra.get(i)).isEmpty()) {
                problems.add(
                        "spec.deployment.networkPolicy.extraEgress[%d]: is not an egress rule of a Kubernetes NetworkPolicy"
                                .formatted(i));
            }
        }
        return problems;
    }

    private static NetworkPolicy policy(GatewayFacts facts) {
        return new NetworkPolicyBuilder()
                .withMetadata(Ownership.metadata(facts, facts.name()))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Ownership.selector(facts))
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .withIngress(ingress(facts))
                .withEgress(egress(facts))
                .endSpec()
                .build();
    }

    private static List<NetworkPolicyIngressRule> ingress(GatewayFacts facts) {
        NetworkPolicyPeer operator =
                new NetworkPolicyPeerBuilder()
                        .withNamespaceSelector(
                                labelled(
                                        "kubernetes.io/metadata.name",
                                        facts.operator().namespace()))
                        .withPodSelector(new LabelSelector(null, Ownership.operatorPods()))
                        .build();
        NetworkPolicyPeer permitted =
                new NetworkPolicyPeerBuilder()
                        .withNamespaceSelector(labelled(ADMIN_ACCESS, "true"))
                        .build();
        return List.of(
                new NetworkPolicyIngressRuleBuilder()
                        .withPorts(tcp(new IntOrString(GatewayPod.DATA)))
                        .build(),
                new NetworkPolicyIngressRuleBuilder()
                        .withFrom(operator, permitted)
                        .withPorts(tcp(new IntOrString(GatewayPod.ADMIN)))
                        .build());
    }

    private static List<NetworkPolicyEgressRule> egress(GatewayFacts facts) {
        TreeSet<Integer> ports = new TreeSet<>(ALWAYS);
        ports.addAll(facts.upstreamPorts());
        ports.addAll(UpstreamPorts.of(facts.spec()));
        List<NetworkPolicyEgressRule> rules = new ArrayList<>();
        rules.add(
                new NetworkPolicyEgressRuleBuilder()
                        .withPorts(
                                new NetworkPolicyPort(null, new IntOrString(53), "UDP"),
                                tcp(new IntOrString(53)))
                        .build());
        rules.add(
                new NetworkPolicyEgressRuleBuilder()
                        .withTo(
                                anywhereBut("0.0.0.0/0", "169.254.0.0/16"),
                                anywhereBut("::/0", "fe80::/10"))
                        .withPorts(ports.stream().map(port -> tcp(new IntOrString(port))).toList())
                        .build());
        facts.spec()
                .deployment()
                .networkPolicy()
                .extraEgress()
                .forEach(rule -> read(rule).ifPresent(rules::add));
        return rules;
    }

    private static Optional<NetworkPolicyEgressRule> read(EgressRule rule) {
        try {
            return Optional.of(JSON.convertValue(rule.fields(), NetworkPolicyEgressRule.class));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static NetworkPolicyPeer anywhereBut(String all, String except) {
        return new NetworkPolicyPeerBuilder()
                .withNewIpBlock()
                .withCidr(all)
                .withExcept(except)
                .endIpBlock()
                .build();
    }

    private static LabelSelector labelled(String name, String value) {
        return new LabelSelector(null, Map.of(name, value));
    }

    private static NetworkPolicyPort tcp(IntOrString port) {
        return new NetworkPolicyPort(null, port, "TCP");
    }
}
