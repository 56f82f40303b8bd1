package dev.llmgateway.operator.desired;

import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.plan.PartName;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/// All that the objects of one gateway depend on.
///
/// @param uid of the GatewayConfig, for ownerReferences
/// @param upstreamPorts TCP ports its accounts need beyond those in `spec`, see [UpstreamPorts]
public record GatewayFacts(
        ObjectRef gateway,
        String uid,
        GatewayConfigSpec spec,
        SortedSet<Integer> upstreamPorts,
        Operator operator) {
    public GatewayFacts {
        upstreamPorts = Collections.unmodifiableSortedSet(new TreeSet<>(upstreamPorts));
    }

    /// What the operator brings along.
    ///
    /// @param namespace where it runs; its pods may reach the admin ports
    /// @param image of the gateway, of the operator's own version
    /// @param runAsUser user of the gateway's process; empty: the image's, or what the platform
    ///   assigns (OpenShift)
    public record Operator(String namespace, String image, OptionalLong runAsUser) {}

    String name() {
        return gateway.name();
    }

    /// ServiceAccount, Role and RoleBinding. Not the gateway's bare name: one called `default`
    /// would meet the namespace's own ServiceAccount.
    public String account() {
        return gateway.name() + "-gateway";
    }

    /// ConfigMap with the index of the bundle.
    public String indexName() {
        return PartName.indexObject(gateway.name());
    }

    /// Secret with the tokens of the admin port.
    public String adminName() {
        return gateway.name() + "-admin";
    }

    /// ConfigMap with the counters that outlive pods.
    public String usageName() {
        return gateway.name() + "-usage";
    }
}
