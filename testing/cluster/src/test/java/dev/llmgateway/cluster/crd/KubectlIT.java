package dev.llmgateway.cluster.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.Kubectl;
import dev.llmgateway.cluster.TestCluster;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What people do with our kinds by `kubectl`.
class KubectlIT {
    @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

    private static final String ACCOUNT =
            """
            apiVersion: llm-gateway.dev/v1alpha1
            kind: UpstreamAccount
            metadata: {name: %s}
            spec:
              displayName: 生产账号
              provider: Anthropic
              auth: {apiKey: {secretRef: {name: credentials, key: api-key}}}
              models: [{name: %s}]
            """;

    @Test
    void theCrdsOfTheChartAreAcceptedByPlainApplyAsWell() {
        for (CrdFile crd : CrdFile.all()) {
            String said = kubectl().run("apply", "--dry-run=server", "-f", crd.path().toString());

            assertThat(said)
                    .contains("customresourcedefinition.apiextensions.k8s.io/" + crd.plural());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ua                               | One upstream credential
                    ua.spec.health.cooldown.base     | Duration. Default: 5s. Range: 1s-24h, at most max.
                    ua.spec.priority                 | Lower is used first. Default: 0. Range: 0-9.
                    ua.spec.provider                 | ENUM:
                    gk.spec.limits.tokensPerMinute   | Input and output tokens per minute. Default: unlimited. At least 1.
                    gk.spec.budgets.unit             | MicroUSD (millionths of a US dollar), Tokens or Requests. Required.
                    gk.spec.rotation.overlap         | Duration. Default: 24h. Range: 0s-720h.
                    gc.spec.request.maxBodyBytes     | bytes as a quantity. Default: 32Mi.
                    gc.spec.deployment.replicas      | Default: 2 without autoscaling. Range: 0-1000.
                    gc.spec.failover.retryBudgetPercent | percent of client requests. Default: 20. Range: 0-100.
                    gc.status.conditions             | Accepted, ResolvedRefs, Programmed, Degraded, Ready.
                    """)
    void explainTellsUnitsDefaultsAndRanges(String field, String text) {
        String said = kubectl().run("explain", field).replaceAll("\\s+", " ");

        assertThat(said).contains(text);
    }

    @Test
    void defaultsAreFilledInAndWhatIsWrittenInPodTemplateStays() {
        kubectl()
                .runWith(
                        """
                        apiVersion: llm-gateway.dev/v1alpha1
                        kind: GatewayConfig
                        metadata: {name: defaults}
                        spec:
                          deployment:
                            podTemplate: {labels: {team: a}, tolerations: [{key: gpu, operator: Exists}]}
                            networkPolicy: {extraEgress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}
                        """,
                        "apply",
                        "-f",
                        "-");

        assertThat(read("gc/defaults", "{.spec.failover.maxAttempts} {.spec.request.maxBodyBytes}"))
                .isEqualTo("3 32Mi");
        assertThat(read("gc/defaults", "{.spec.deployment.podTemplate}"))
                .contains("\"tolerations\":[{\"key\":\"gpu\",\"operator\":\"Exists\"}]");
        assertThat(read("gc/defaults", "{.spec.deployment.networkPolicy.extraEgress}"))
                .isEqualTo("[{\"to\":[{\"ipBlock\":{\"cidr\":\"10.0.0.0/8\"}}]}]");
        assertThat(read("gc/defaults", "{.spec.deployment.replicas}")).isEmpty();
    }

    @Test
    void twoManagersEachOwnTheirModelsAndAConflictIsTold() {
        applyAs("one", ACCOUNT.formatted("shared", "claude-a"));
        applyAs("two", ACCOUNT.formatted("shared", "claude-b"));

        assertThat(read("ua/shared", "{.spec.models[*].name}")).isEqualTo("claude-a claude-b");
        Kubectl.Result conflict =
                kubectl()
                        .tried(
                                ACCOUNT.formatted("shared", "claude-b").replace("生产账号", "other"),
                                "apply",
                                "--server-side",
                                "--field-manager=two",
                                "-f",
                                "-");
        assertThat(conflict.exit()).isNotZero();
        assertThat(conflict.text()).contains("conflict with \"one\": .spec.displayName");
    }

    @Test
    void diffShowsWhatWouldChangeAndNothingElse() {
        String written = ACCOUNT.formatted("compared", "claude-a");
        kubectl().runWith(written, "apply", "-f", "-");

        Kubectl.Result same = kubectl().tried(written, "diff", "-f", "-");
        Kubectl.Result other = kubectl().tried(written + "  weight: 7\n", "diff", "-f", "-");

        assertThat(same).isEqualTo(new Kubectl.Result(0, ""));
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.text()).contains("-  weight: 100", "+  weight: 7").doesNotContain("pool");
    }

    @Test
    void waitReturnsWhenReadyTurnsTrueAndColumnsTellWhatIsKnown() throws Exception {
        kubectl().runWith(ACCOUNT.formatted("waited", "claude-a"), "apply", "-f", "-");
        CompletableFuture<String> waiting =
                CompletableFuture.supplyAsync(() ->
                        kubectl()
                                .run(
                                        "wait",
                                        "--for=condition=Ready",
                                        "ua/waited",
                                        "--timeout=60s"));

        kubectl()
                .run(
                        "patch",
                        "ua/waited",
                        "--subresource=status",
                        "--type=merge",
                        """
                        --patch={"status": {"state": "Active", "credential": {"type": "APIKey"}, "usage": {"requests": 120},
                        "conditions": [{"type": "Ready", "status": "True", "reason": "Ready", "message": "",
                        "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}\
                        """);

        assertThat(waiting.get(60, TimeUnit.SECONDS)).contains("waited condition met");
        assertThat(table("get", "ua/waited").getLast())
                .startsWith("waited Anthropic default 0 APIKey Active True");
        assertThat(table("get", "ua/waited", "-o=wide").getLast())
                .contains("生产账号", " 100 120 ", " Ready ");
    }

    @ParameterizedTest
    @CsvSource({
        "ua, NAME PROVIDER POOL PRIO AUTH STATE READY EXPIRES AGE, NAME PROVIDER POOL PRIO AUTH STATE READY EXPIRES DISPLAY-NAME WEIGHT REQUESTS ERRORS REASON AGE",
        "gk, NAME OWNER PREFIX READY EXPIRES BUDGET LAST-USED AGE, NAME OWNER PREFIX READY EXPIRES BUDGET LAST-USED DISPLAY-NAME MODELS REQUESTS REVISION AGE",
        "gc, NAME READY ACCOUNTS KEYS REVISION PODS ADDRESS AGE, NAME READY ACCOUNTS KEYS REVISION PODS ADDRESS AGE"
    })
    void columnsAreThoseOfTheSpecificationWithAgeLast(String kind, String narrow, String wide) {
        create(kind);

        assertThat(table("get", kind).getFirst()).isEqualTo(narrow);
        assertThat(table("get", kind, "-o=wide").getFirst()).isEqualTo(wide);
    }

    @Test
    void oneCategoryListsAllThreeKinds() {
        List.of("ua", "gk", "gc").forEach(KubectlIT::create);

        assertThat(kubectl().run("get", "llm-gateway", "-o=name"))
                .contains(
                        "upstreamaccount.llm-gateway.dev/of-ua",
                        "gatewaykey.llm-gateway.dev/of-gk",
                        "gatewayconfig.llm-gateway.dev/of-gc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"maxConcurrent: 3000000000", "requestsPerMinute: 99999999999999999999"})
    void aNumberThatJavaCannotHoldIsRefused(String limit) {
        Kubectl.Result result =
                kubectl()
                        .tried(
                                """
                                apiVersion: llm-gateway.dev/v1alpha1
                                kind: GatewayKey
                                metadata: {name: huge}
                                spec: {source: {generate: {secretName: huge}}, limits: {%s}}
                                """
                                        .formatted(limit),
                                "apply",
                                "-f",
                                "-");

        assertThat(result.exit()).isNotZero();
    }

    private static void create(String kind) {
        String spec =
                switch (kind) {
                    case "ua" -> "UpstreamAccount, spec: {provider: Simulated}";
                    case "gk" -> "GatewayKey, spec: {source: {generate: {secretName: made}}}";
                    default -> "GatewayConfig, spec: {}";
                };
        kubectl()
                .runWith(
                        "{apiVersion: llm-gateway.dev/v1alpha1, metadata: {name: of-%s}, kind: %s}"
                                .formatted(kind, spec),
                        "apply",
                        "-f",
                        "-");
    }

    private static void applyAs(String manager, String manifest) {
        kubectl()
                .runWith(
                        manifest,
                        "apply",
                        "--server-side",
                        "--field-manager=" + manager,
                        "-f",
                        "-");
    }

    private static String read(String object, String path) {
        return kubectl().run("get", object, "-o=jsonpath=" + path);
    }

    /// Lines, with single spaces between the columns.
    private static List<String> table(String... command) {
        return kubectl()
                .run(command)
                .lines()
                .map(line -> line.strip().replaceAll(" {2,}", " "))
                .toList();
    }

    private static Kubectl kubectl() {
        return CLUSTER.kubectl();
    }
}
