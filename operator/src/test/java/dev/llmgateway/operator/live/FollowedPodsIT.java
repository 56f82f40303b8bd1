package dev.llmgateway.operator.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.TestCluster;
import dev.llmgateway.crds.resource.UpstreamAccount;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.operator.fleet.AdminPort;
import dev.llmgateway.operator.fleet.UsageCheckpoint;
import dev.llmgateway.operator.gateway.FollowedPods;
import dev.llmgateway.operator.snapshot.Scope;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// From the operator to pods and back: it runs them, they report, and statuses say what they told.
/// The pods are objects without a kubelet; their admin port is a real one of the test.
class FollowedPodsIT {
    @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Story STORY = new Story(CLUSTER);
    private static @Nullable RunningOperator operator;
    private static @Nullable AdminPort admin;
    private static long sequence = 1;

    @BeforeAll
    static void start() throws IOException {
        admin = AdminPort.start();
        run();
    }

    private static void run() {
        operator =
                RunningOperator.start(
                        RunningOperator.client(CLUSTER.kubeconfig()),
                        new Scope.Listed(List.of(CLUSTER.namespace())),
                        world -> new FollowedPods(world.workload(), Clock.systemUTC()));
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(operator).close();
        admin().close();
    }

    @Test
    void podsAreRunAndWhatTheyTellIsInTheStatus() throws IOException {
        STORY.releasedSecret("acct", "sk-one");
        STORY.gateway("main", "");
        STORY.account("acct", "main");
        STORY.key("key", "main", Story.hash(1));
        until("main is served", () -> get("service/main", ".spec.ports[0].port").equals("80"));
        until("its pods are wanted", () -> get("deployment/main", ".spec.replicas").equals("2"));
        STORY.condition("gatewayconfig/main", "Programmed", "Unknown Pending");
        assertThat(get("gatewayconfig/main", ".status.address"))
                .isEqualTo("main." + CLUSTER.namespace() + ".svc:80");

        createPod("main-1");
        tell("Active", "", 0);

        STORY.condition("gatewayconfig/main", "Ready", "True Ready");
        STORY.condition("upstreamaccount/acct", "Ready", "True Ready");
        STORY.condition("upstreamaccount/acct", "CredentialValid", "Unknown Unverified");
        STORY.condition("gatewaykey/key", "Ready", "True Ready");
        assertThat(get("gatewayconfig/main", ".status.replicas[*].pod")).contains("main-1");
        assertThat(admin().asked()).last().asString().endsWith("Bearer " + token());

        tell("CredentialInvalid", failure("Credential", 401), 0);

        String rejected =
                STORY.condition("upstreamaccount/acct", "CredentialValid", "False Rejected");
        assertThat(rejected).contains("answered 401").contains("Secret");
        assertThat(get("upstreamaccount/acct", ".status.state")).isEqualTo("CredentialInvalid");
        assertThat(get("upstreamaccount/acct", ".status.health.lastFailure.httpStatus"))
                .isEqualTo("401");
        STORY.condition("upstreamaccount/acct", "Healthy", "False CredentialRejected");
        STORY.condition("upstreamaccount/acct", "Ready", "False Rejected");
        STORY.condition("upstreamaccount/acct", "Stalled", "True Rejected");
        STORY.condition("gatewayconfig/main", "Degraded", "True NoUsableAccount");
        assertThat(get("gatewayconfig/main", ".status.accounts.credentialInvalid")).isEqualTo("1");

        tell("Active", "", 3);

        STORY.condition("upstreamaccount/acct", "CredentialValid", "True Verified");
        STORY.condition("upstreamaccount/acct", "Healthy", "True Serving");
        STORY.condition("upstreamaccount/acct", "Ready", "True Ready");
        STORY.condition("gatewayconfig/main", "Degraded", "False NotDegraded");
        assertThat(get("upstreamaccount/acct", ".status.usage.requests")).isEqualTo("3");
        assertThat(get("upstreamaccount/acct", ".status.conditions[*].type"))
                .doesNotContain("Stalled", "Reconciling");

        tell("CoolingDown", failure("Capacity", 429), 4);

        STORY.condition("upstreamaccount/acct", "Healthy", "False CoolingDown");
        STORY.condition("upstreamaccount/acct", "Ready", "True Ready");

        countingGoesOnInAnotherOperator();
    }

    private static void countingGoesOnInAnotherOperator() throws IOException {
        until(
                "a checkpoint",
                () -> !get("configmap/main-usage", ".binaryData.usage\\.json\\.gz").isEmpty());
        Objects.requireNonNull(operator).close();
        CLUSTER.kubectl().run("delete", "pod", "main-1", "--force", "--grace-period=0");
        run();

        until(
                "what the former operator counted",
                () -> get("upstreamaccount/acct", ".status.usage.requests").equals("4"));
        admin().close();
        admin = AdminPort.start();
        createPod("main-2");
        tell("Active", "", 2); // another process, which counts from its start

        until("four requests of the former process and two of this", () -> counted() == 6);
    }

    private static long counted() {
        Map<String, String> data =
                CLUSTER.client()
                        .configMaps()
                        .inNamespace(CLUSTER.namespace())
                        .withName("main-usage")
                        .get()
                        .getBinaryData();
        return UsageCheckpoint.read(data)
                .map(ledger -> ledger.total().account(account().getMetadata().getUid()).requests())
                .orElse(0L);
    }

    @Test
    void whatSomebodyRemovesOrChangesIsMendedAtOnce() {
        STORY.gateway("mended", "");
        until("its pods", () -> get("deployment/mended", ".spec.replicas").equals("2"));
        until("a token", () -> !get("secret/mended-admin", ".data.token").isEmpty());

        CLUSTER.kubectl().run("delete", "deployment/mended", "secret/mended-admin");
        until("its pods again", () -> get("deployment/mended", ".spec.replicas").equals("2"));
        until("a token again", () -> !get("secret/mended-admin", ".data.token").isEmpty());

        CLUSTER.kubectl().run("scale", "deployment/mended", "--replicas=7");
        until("as many as it should", () -> get("deployment/mended", ".spec.replicas").equals("2"));

        STORY.gateway("mended", "deployment: {autoscaling: {minReplicas: 1, maxReplicas: 4}}");
        until("an autoscaler", () -> get("hpa/mended", ".spec.maxReplicas").equals("4"));
        STORY.gateway("mended", "deployment: {replicas: 3}");
        until("no autoscaler", () -> get("hpa/mended", ".spec.maxReplicas").isEmpty());
        until("three pods", () -> get("deployment/mended", ".spec.replicas").equals("3"));
    }

    @Test
    void anObjectOfSomebodyElseStaysAndIsNamed() {
        STORY.apply(
                "{apiVersion: v1, kind: Service, metadata: {name: taken}, spec: {ports: [{port: 5}]}}");
        STORY.apply("{apiVersion: v1, kind: Secret, metadata: {name: theirs-admin}}");
        STORY.gateway("taken", "");
        STORY.gateway("theirs", "");

        assertThat(STORY.condition("gatewayconfig/taken", "Accepted", "False Conflict"))
                .contains("Service taken exists and is not the operator's");
        assertThat(get("service/taken", ".spec.ports[0].port")).isEqualTo("5");
        assertThat(get("deployment/taken", ".spec.replicas")).isEqualTo("2");
        assertThat(STORY.condition("gatewayconfig/theirs", "Accepted", "False Conflict"))
                .contains("Secret theirs-admin");
        assertThat(get("deployment/theirs", ".spec.replicas")).isEmpty();
        STORY.condition("gatewayconfig/theirs", "Stalled", "True Conflict");

        CLUSTER.kubectl().run("delete", "service/taken");

        STORY.condition("gatewayconfig/taken", "Accepted", "True Accepted");
        until("served", () -> get("service/taken", ".spec.ports[0].port").equals("80"));
    }

    @Test
    void whatKubernetesRefusesIsToldInItsWords() {
        STORY.gateway(
                "odd",
                "deployment: {podTemplate: {tolerations: [{operator: Sometimes}], colour: blue}}");

        assertThat(STORY.condition("gatewayconfig/odd", "Accepted", "False UnsupportedValue"))
                .contains("podTemplate.colour")
                .contains("Deployment odd:")
                .contains("Sometimes");
    }

    private static void tell(String state, String failure, int requests) {
        String uid = account().getMetadata().getUid();
        sequence++;
        admin().report(
                        """
                        {"process": 1, "sequence": %d, "complete": true, "revision": "%s", "appliedAtMillis": 1800000000500,
                         "accounts": [{"uid": "%s", "account": "x/acct", "state": "%s", "untilMillis": 0%s}],
                         "usage": {"accounts": {"%s": {"requests": %d}}, "keys": {}}}
                        """
                                .formatted(
                                        sequence,
                                        get("gatewayconfig/main", ".status.revision"),
                                        uid,
                                        state,
                                        failure,
                                        uid,
                                        requests));
    }

    private static UpstreamAccount account() {
        return Objects.requireNonNull(operator)
                .client()
                .resources(UpstreamAccount.class)
                .inNamespace(CLUSTER.namespace())
                .withName("acct")
                .get();
    }

    private static String failure(String kind, int status) {
        return ", \"failure\": {\"class\": \"%s\", \"status\": %d, \"atMillis\": 1800000009000}"
                .formatted(kind, status);
    }

    private static void createPod(String name) {
        Pod pod = admin().pod(name, true);
        Pod labelled =
                new PodBuilder(pod)
                        .editMetadata()
                        .withUid(null)
                        .withNamespace(CLUSTER.namespace())
                        .addToLabels(
                                Map.of(
                                        "app.kubernetes.io/managed-by",
                                        "llm-gateway-operator",
                                        "llm-gateway.dev/gateway",
                                        "main"))
                        .endMetadata()
                        .editSpec()
                        .editFirstContainer()
                        .withImage("none")
                        .endContainer()
                        .endSpec()
                        .build();
        CLUSTER.client().resource(labelled).create();
        CLUSTER.kubectl()
                .run(
                        "patch",
                        "pod",
                        name,
                        "--subresource=status",
                        "-p",
                        "{\"status\":{\"podIP\":\"127.0.0.1\",\"podIPs\":[{\"ip\":\"127.0.0.1\"}],\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
    }

    private static String token() {
        return new String(
                Base64.getDecoder().decode(get("secret/main-admin", ".data.token")),
                StandardCharsets.US_ASCII);
    }

    private static String get(String object, String path) {
        return CLUSTER.kubectl()
                .run("get", object, "--ignore-not-found", "-o", "jsonpath={" + path + "}");
    }

    private static void until(String what, BooleanSupplier done) {
        Poll.untilTrue(SOON, () -> what, done);
    }

    private static AdminPort admin() {
        return Objects.requireNonNull(admin);
    }
}
