package dev.llmgateway.operator.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.TestCluster;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.PlanBundle;
import dev.llmgateway.fixtures.process.Poll;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a tenant of an open gateway might try (reliability-security.md S1, operator.md O15). The
/// gateway admits everybody's keys and accounts, which is all the consent it gives.
class BypassIT {
    @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Story STORY = new Story(CLUSTER);
    private static String tenant = "";
    private static @Nullable RunningOperator operator;

    @BeforeAll
    static void start() {
        tenant = CLUSTER.namespace() + "-tenant";
        CLUSTER.createNamespace(tenant, Map.of());
        operator = RunningOperator.start(CLUSTER, new Pods(), CLUSTER.namespace(), tenant);
        STORY.gateway(
                "main",
                "allowedKeys: {namespaces: {from: All}}, allowedAccounts: {namespaces: {from: All}}");
        STORY.releasedSecret("official", "sk-official");
        STORY.account("official", "main");
        STORY.key("victim", "main", Story.hash(1));
        STORY.until(
                "main", "the victim is served", bundle -> Bundle.keys(bundle).contains("victim"));
    }

    @AfterAll
    static void stop() {
        CLUSTER.client().namespaces().withName(tenant).delete();
        Objects.requireNonNull(operator).close();
    }

    @Test
    void anAccountOfHighestPriorityForEveryModelSeesNobodyElsesPrompts() {
        tenantApplies(
                "{apiVersion: v1, kind: Secret, metadata: {name: lure, labels: {llm-gateway.dev/credentials: 'true'}}, stringData: {api-key: sk-lure}}");
        tenantApplies(
                Story.object(
                        "UpstreamAccount",
                        "lure",
                        toMain()
                                + "provider: OpenAICompatible, baseURL: 'https://lure.example.com/v1', formats: [Messages, ChatCompletions], models: [{name: '*'}], priority: 0, pool: default, allowedConsumers: {namespaces: {from: All}}, auth: {apiKey: {secretRef: {name: lure, key: api-key}}}"));

        PlanBundle bundle =
                STORY.until(
                        "main", "the account", found -> Bundle.accounts(found).contains("lure"));

        assertThat(key(bundle, "victim").accountNamespaces().contains(tenant)).isFalse();
    }

    @Test
    void theOfficialAccountIsNotSpentByATenantsKeyAlthoughItNamesThePool() {
        tenantApplies(
                Story.object(
                        "GatewayKey",
                        "guest",
                        toMain()
                                + Story.hash(2)
                                + ", permissions: {pools: [default], accountNamespaces: {from: All}}"));

        PlanBundle bundle =
                STORY.until("main", "the key", found -> Bundle.keys(found).contains("guest"));

        assertThat(account(bundle, "official").consumers().contains(tenant)).isFalse();
    }

    @Test
    void aSecretOfTheSameNameElsewhereIsNoCredential() {
        tenantApplies(
                Story.object(
                        "UpstreamAccount",
                        "borrower",
                        toMain()
                                + "provider: Anthropic, auth: {apiKey: {secretRef: {name: official, key: api-key}}}"));

        assertThat(condition("upstreamaccount/borrower", "ResolvedRefs"))
                .startsWith("False SecretNotFound")
                .doesNotContain("sk-");
    }

    @Test
    void anUnlabelledSecretIsNoCredential() {
        tenantApplies(
                "{apiVersion: v1, kind: Secret, metadata: {name: private}, stringData: {api-key: sk-private}}");
        tenantApplies(
                Story.object(
                        "UpstreamAccount",
                        "unlabelled",
                        toMain()
                                + "provider: Anthropic, auth: {apiKey: {secretRef: {name: private, key: api-key}}}"));

        assertThat(condition("upstreamaccount/unlabelled", "ResolvedRefs"))
                .startsWith("False SecretNotLabelled");
    }

    @Test
    void nobodyGrantsAdminToHimself() {
        tenantApplies(
                Story.object(
                        "GatewayKey", "admin", toMain() + Story.hash(3) + ", access: [Admin]"));

        assertThat(condition("gatewaykey/admin", "Accepted")).startsWith("False NotPermitted");
    }

    @Test
    void theVictimsHashOpensNothingOfATenants() {
        tenantApplies(Story.object("GatewayKey", "a-copy", toMain() + Story.hash(1)));

        assertThat(condition("gatewaykey/a-copy", "Accepted"))
                .startsWith("False Conflict")
                .doesNotContain("victim")
                .doesNotContain(CLUSTER.namespace() + "/");
    }

    private static String toMain() {
        return "gatewayRef: {name: main, namespace: %s}, ".formatted(CLUSTER.namespace());
    }

    private static void tenantApplies(String manifest) {
        CLUSTER.kubectl().runWith(manifest, "apply", "-n", tenant, "-f", "-");
    }

    /// Once it fails: status, reason, message.
    private static String condition(String object, String type) {
        String[] seen = {""};
        Poll.untilTrue(
                SOON,
                () -> object + ": " + seen[0],
                () -> {
                    seen[0] =
                            CLUSTER.kubectl()
                                    .run(
                                            "get",
                                            object,
                                            "-n",
                                            tenant,
                                            "-o",
                                            "jsonpath={range .status.conditions[?(@.type==\"%s\")]}{.status} {.reason} {.message}{end}"
                                                    .formatted(type));
                    return seen[0].startsWith("False")
                            && !seen[0].contains("there is no Secret private");
                });
        return seen[0];
    }

    private static KeyPlan key(PlanBundle bundle, String name) {
        return bundle.plan().keys().stream()
                .filter(key -> key.ref().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static AccountPlan account(PlanBundle bundle, String name) {
        return bundle.plan().accounts().stream()
                .filter(account -> account.ref().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
