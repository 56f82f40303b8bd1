package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.runtime.admission.ApiKeys;
import dev.llmgateway.runtime.balance.PoolMemory;
import dev.llmgateway.runtime.balance.Selector;
import dev.llmgateway.runtime.routing.RoutingTable;
import dev.llmgateway.runtime.upstream.Credential;
import dev.llmgateway.runtime.upstream.Credentials;
import dev.llmgateway.runtime.upstream.UpstreamTarget;
import java.util.HashMap;
import java.util.Map;

/// Everything a request needs of one plan, built once and never changed; a request keeps the one it
/// started with.
///
/// @param revision names the plan in logs and on the admin port
/// @param upstreams by account UID; `Simulated` accounts have none
/// @param ids of the responses that accounts store
public record Snapshot(
        String revision,
        GatewayPlan plan,
        ApiKeys keys,
        RoutingTable routes,
        Selector selector,
        Map<String, Upstream> upstreams,
        Cors cors,
        ResponseIds ids) {

    /// Where an account is called and with what.
    public record Upstream(UpstreamTarget target, Credential credential) {}

    /// @throws IllegalStateException when the plan has a hole, or names a credential that has no
    ///   usable value
    public static Snapshot of(
            String revision, GatewayPlan written, Credentials credentials, PoolMemory memory) {
        GatewayPlan plan =
                written.located(ref -> credentials.find(ref).map(Credential.Value::text));
        WholePlan.check(plan);
        Map<String, Upstream> upstreams = new HashMap<>();
        for (AccountPlan account : plan.accounts()) {
            if (!account.baseURL().isEmpty()) {
                upstreams.put(account.uid(), upstream(account, credentials));
            }
        }
        return new Snapshot(
                revision,
                plan,
                ApiKeys.of(plan.keys()),
                RoutingTable.of(plan),
                memory.selector(plan.settings()),
                Map.copyOf(upstreams),
                Cors.of(plan.settings().corsOrigins()),
                ResponseIds.of(plan.gateway(), credentials));
    }

    private static Upstream upstream(AccountPlan account, Credentials credentials) {
        Credential credential =
                Credential.of(account.credential(), credentials)
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "account " + account.ref() + " has no usable credential"));
        return new Upstream(UpstreamTarget.of(account), credential);
    }
}
