package dev.llmgateway.operator.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.TestCluster;
import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.plan.PlanBundle;
import dev.llmgateway.fixtures.process.Poll;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// From `kubectl apply` to the bundle and back to `kubectl get`.
class PublishIT {
    @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pods PODS = new Pods();
    private static String tenants = "";
    private static @Nullable RunningOperator operator;

    @BeforeAll
    static void start() {
        tenants = CLUSTER.namespace() + "-tenants";
        CLUSTER.createNamespace(tenants, Map.of());
        operator = RunningOperator.start(CLUSTER, PODS, CLUSTER.namespace(), tenants);
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(operator).close();
    }

    @Test
    void objectsBecomeABundleAndTheirStatusSaysSo() {
        apply(
                """
                {apiVersion: llm-gateway.dev/v1alpha1, kind: GatewayConfig, metadata: {name: main}, spec: {}}
                ---
                {apiVersion: v1, kind: Secret, metadata: {name: acct, labels: {llm-gateway.dev/credentials: 'true'}}, stringData: {api-key: sk-one}}
                ---
                {apiVersion: llm-gateway.dev/v1alpha1, kind: UpstreamAccount, metadata: {name: acct}, spec: {gatewayRef: {name: main}, provider: Anthropic, auth: {apiKey: {secretRef: {name: acct, key: api-key}}}}}
                ---
                {apiVersion: llm-gateway.dev/v1alpha1, kind: GatewayKey, metadata: {name: hashed}, spec: {gatewayRef: {name: main}, source: {hashes: ['sha256:%s']}}}
                """
                        .formatted("1f".repeat(32)));

        PlanBundle bundle =
                until(
                        "main",
                        found ->
                                Bundle.keys(found).equals(List.of("hashed"))
                                        && Bundle.accounts(found).equals(List.of("acct")));
        assertThat(bundle.credentials().values()).hasSize(2).contains("sk-one");
        assertThat(bundle.credentials())
                .hasEntrySatisfying(
                        new CredentialRef(CLUSTER.namespace(), "main", "id-key"),
                        key -> assertThat(key).matches("[0-9a-f]{64}"));
        ready("gatewaykey/hashed", "False Pending");
        PODS.run(
                new ObjectRef(CLUSTER.namespace(), "main"),
                Map.of("pod-1", bundle.revision(), "pod-2", bundle.revision()));
        ready("gatewaykey/hashed", "True Ready");
        ready("upstreamaccount/acct", "True Ready");
        ready("gatewayconfig/main", "True Ready");
        assertThat(CLUSTER.kubectl().run("get", "gc", "main"))
                .containsPattern("main +True +1/1 +1/1 +r-\\d+ +2/2");
    }

    static void ready(String object, String wanted) {
        String[] seen = {""};
        Poll.untilTrue(
                SOON,
                () ->
                        object
                                + " is "
                                + seen[0]
                                + "\n"
                                + CLUSTER.kubectl().run("get", object, "-oyaml"),
                () -> {
                    seen[0] =
                            CLUSTER.kubectl()
                                    .run(
                                            "get",
                                            object,
                                            "-o",
                                            "jsonpath={range .status.conditions[?(@.type==\"Ready\")]}{.status} {.reason}{end}");
                    return seen[0].equals(wanted);
                });
    }

    private static PlanBundle until(String gateway, Predicate<PlanBundle> wanted) {
        return Poll.until(
                SOON,
                () -> "bundle of " + gateway,
                () -> Bundle.read(CLUSTER.client(), CLUSTER.namespace(), gateway).filter(wanted));
    }

    private static void apply(String manifests) {
        CLUSTER.kubectl().runWith(manifests, "apply", "-f", "-");
    }
}
