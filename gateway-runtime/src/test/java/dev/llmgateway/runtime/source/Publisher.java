package dev.llmgateway.runtime.source;

import dev.llmgateway.crds.plan.BundleInput;
import dev.llmgateway.crds.plan.BundleStep;
import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.Emptiable;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.PlanBundle;
import dev.llmgateway.crds.plan.PlanIndex;
import dev.llmgateway.crds.plan.Revision;
import dev.llmgateway.runtime.fixture.Plans;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Renders plans as the operator does.
public final class Publisher {
    public static final CredentialRef SECRET = new CredentialRef("default", "upstream", "api-key");

    public PlanIndex live = PlanIndex.NONE;

    private Map<CredentialRef, String> credentials = Map.of(SECRET, "sk-upstream");

    /// What the plans' Secrets hold from now on.
    public void credentials(Map<CredentialRef, String> values) {
        credentials = values;
    }

    public BundleStep next(GatewayPlan plan, Emptiable... allowEmpty) {
        BundleStep step =
                PlanBundle.next(
                        live,
                        Revision.NONE,
                        new BundleInput(plan, credentials, Map.of(), Set.of(allowEmpty), 3, 1_000));
        live = step.index();
        return step;
    }

    /// Writes the parts, then the index.
    public void publish(ScriptedApi api, GatewayPlan plan, Emptiable... allowEmpty) {
        BundleStep step = next(plan, allowEmpty);
        parts(api, step);
        api.index(step.index().encode());
    }

    void parts(ScriptedApi api, BundleStep step) {
        step.writes()
                .forEach(write ->
                        api.secret(
                                write.name().object("main"),
                                write.content().key(),
                                write.content().base64()));
    }

    /// One account and so many keys.
    public static GatewayPlan keys(int count) {
        List<KeyPlan> keys =
                IntStream.range(0, count)
                        .mapToObj(i -> Plans.key("key-%03d".formatted(i)).plan())
                        .toList();
        return Plans.gateway(
                List.of(
                        Plans.account("upstream")
                                .credential(
                                        new CredentialPlan.ApiKey(
                                                SECRET, CredentialPlan.Header.Bearer))
                                .plan()),
                keys);
    }
}
