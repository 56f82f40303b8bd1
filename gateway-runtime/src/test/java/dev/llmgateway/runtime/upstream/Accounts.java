package dev.llmgateway.runtime.upstream;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.CapacityPlan;
import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.EgressPlan;
import dev.llmgateway.crds.plan.HeaderPlan;
import dev.llmgateway.crds.plan.HealthPlan;
import dev.llmgateway.crds.plan.ModelMapping;
import dev.llmgateway.crds.plan.NamespaceSet;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.crds.plan.TimeoutPlan;
import dev.llmgateway.crds.plan.WireFormat;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/// Accounts as a plan holds them, for tests that care about a few fields only.
record Accounts(
        Provider provider,
        String baseURL,
        CredentialPlan credential,
        List<HeaderPlan> add,
        List<String> forward,
        EgressPlan egress,
        TimeoutPlan timeouts) {
    static final CredentialRef REF = new CredentialRef("team", "secret", "api-key");
    static final HealthPlan HEALTH =
            new HealthPlan(
                    List.of(429, 503, 529),
                    List.of(401, 402, 403),
                    5_000,
                    300_000,
                    true,
                    5,
                    1_000,
                    30_000,
                    "",
                    0);

    static Accounts anthropic() {
        return of(Provider.Anthropic, "https://api.anthropic.com")
                .credential(new CredentialPlan.ApiKey(REF, CredentialPlan.Header.ByVersion));
    }

    static Accounts openAi() {
        return of(Provider.OpenAI, "https://api.openai.com/v1");
    }

    static Accounts of(Provider provider, String baseURL) {
        return new Accounts(
                provider,
                baseURL,
                new CredentialPlan.ApiKey(REF, CredentialPlan.Header.Bearer),
                List.of(),
                List.of(),
                EgressPlan.DIRECT,
                TimeoutPlan.DEFAULT);
    }

    Accounts credential(CredentialPlan plan) {
        return new Accounts(provider, baseURL, plan, add, forward, egress, timeouts);
    }

    Accounts add(String name, String value) {
        List<HeaderPlan> headers = List.of(new HeaderPlan(name, value));
        return new Accounts(provider, baseURL, credential, headers, forward, egress, timeouts);
    }

    Accounts forward(String... names) {
        return new Accounts(provider, baseURL, credential, add, List.of(names), egress, timeouts);
    }

    Accounts egress(EgressPlan plan) {
        return new Accounts(provider, baseURL, credential, add, forward, plan, timeouts);
    }

    Accounts timeouts(TimeoutPlan plan) {
        return new Accounts(provider, baseURL, credential, add, forward, egress, plan);
    }

    UpstreamTarget target() {
        return UpstreamTarget.of(plan());
    }

    AccountPlan plan() {
        return new AccountPlan(
                new ObjectRef("team", "account"),
                "uid",
                provider,
                baseURL,
                new TreeSet<>(Arrays.asList(WireFormat.values())),
                credential,
                List.of(new ModelMapping("*", "", "")),
                "default",
                0,
                100,
                capacity(),
                HEALTH,
                add,
                forward,
                egress,
                timeouts,
                new NamespaceSet.All(),
                false);
    }

    private static CapacityPlan capacity() {
        return new CapacityPlan(0, 0, 0);
    }
}
