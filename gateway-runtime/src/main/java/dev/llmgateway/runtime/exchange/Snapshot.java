package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.runtime.admission.ApiKeys;
import dev.llmgateway.runtime.routing.RoutingTable;
import dev.llmgateway.runtime.upstream.Credentials;
import dev.llmgateway.runtime.upstream.UpstreamTarget;
import java.util.HashMap;
import java.util.Map;

/// Everything a request needs of one plan, built once and never changed; a request keeps the one it started with.
///
/// @param revision names the plan in logs and on the admin port
/// @param targets by account UID; `Simulated` accounts have none
public record Snapshot(
        String revision,
        GatewayPlan plan,
        ApiKeys keys,
        RoutingTable routes,
        Map<String, UpstreamTarget> targets,
        Credentials credentials) {

    public static Snapshot of(String revision, GatewayPlan plan, Credentials credentials) {
        Map<String, UpstreamTarget> targets = new HashMap<>();
        for (AccountPlan account : plan.accounts()) {
            if (!account.baseURL().isEmpty()) {
                targets.put(account.uid(), UpstreamTarget.of(account));
            }
        }
        return new Snapshot(
                revision,
                plan,
                ApiKeys.of(plan.keys()),
                RoutingTable.of(plan),
                Map.copyOf(targets),
                credentials);
    }
}
