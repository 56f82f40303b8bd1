package dev.llmgateway.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.TestNode;
import dev.llmgateway.fixtures.figures.Figures;
import dev.llmgateway.fixtures.figures.Promise;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.process.Poll;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// examples/cluster-quickstart as its README has it, on a node that has the images; and which
/// Secrets the operator and the gateway's pods have read by then, as the API server noted it.
class QuickstartPodsIT {
    @RegisterExtension static final TestNode NODE = new TestNode();

    private static final String NAMESPACE = "llm-gateway";
    private static final String EXAMPLE = "examples/cluster-quickstart/";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /// A guess of what nobody minds; not promised anywhere.
    private static final double SECONDS = 30;

    private static final String OPERATOR = "system:serviceaccount:llm-gateway:llm-gateway-operator";
    private static final String GATEWAY = "system:serviceaccount:llm-gateway:main-gateway";

    private static final Tenant TENANT = new Tenant(NODE, NAMESPACE, "main");

    @BeforeAll
    static void loadImages() {
        OperatorPods.loadImages(NODE);
    }

    @AfterAll
    static void remove() {
        NODE.client().namespaces().withName(NAMESPACE).delete();
    }

    @Test
    void fromApplyToTheFirstCallAndNoSecretIsReadThatNeedNotBe() throws IOException {
        long start = System.nanoTime();
        NODE.kubectl().runWith(OperatorPods.read(EXAMPLE + "namespace.yaml"), "apply", "-f", "-");
        new OperatorPods(NODE, NAMESPACE).apply("Own", "");
        List.of("gateway", "account", "key")
                .forEach(file -> TENANT.apply(OperatorPods.read(EXAMPLE + file + ".yaml")));
        TENANT.kubectl("wait --for=condition=Ready gc/main ua/simulated gk/demo --timeout=2m");
        HttpMessage reply = firstCall();
        double seconds = (System.nanoTime() - start) / 1e9;

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.body()).contains("\"Hello\"", "\"end_turn\"");
        Figures.note(
                "quickstart",
                "from kubectl apply to the first call, cluster",
                seconds,
                "s",
                Promise.atMost(SECONDS));
        assertThat(seconds).isLessThan(5 * SECONDS);

        onlyWhatItMayIsRead();
    }

    /// A Service answers up to a second after its pods are ready: kube-proxy's normal period.
    private static HttpMessage firstCall() {
        String encoded = TENANT.kubectl("get secret demo-key -o jsonpath={.data.api-key}");
        String key = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        URI service = TENANT.service();
        return Poll.until(
                PATIENCE,
                () -> "the Service answers",
                () -> {
                    try {
                        return Optional.of(
                                TENANT.http()
                                        .post(
                                                service,
                                                "/v1/messages",
                                                Tenant.field(key),
                                                "{\"model\":\"simulated-echo\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"));
                    } catch (IOException _) {
                        return Optional.empty();
                    }
                });
    }

    private static void onlyWhatItMayIsRead() throws IOException {
        TENANT.apply(
                foreignSecret("private") + foreignSecret("taken") + foreignSecret("second-admin"));
        TENANT.apply(
                Tenant.object(
                                "UpstreamAccount",
                                "curious",
                                "gatewayRef: {name: main}, provider: Anthropic, auth: {apiKey: {secretRef: {name: private, key: api-key}}}")
                        + Tenant.object(
                                "GatewayKey",
                                "taking",
                                "gatewayRef: {name: main}, source: {generate: {secretName: taken}}")
                        + Tenant.object("GatewayConfig", "second", "deployment: {replicas: 0}"));
        TENANT.awaitCondition("ua/curious", "ResolvedRefs", "False SecretNotLabelled");
        TENANT.awaitCondition("gk/taking", "Ready", "False");
        TENANT.awaitCondition("gc/second", "Ready", "False");

        SecretReads reads = SecretReads.of(NODE.auditLog().orElseThrow());

        assertThat(reads.metadataOnly(OPERATOR)).contains("private");
        assertThat(reads.selectors(OPERATOR))
                .isNotEmpty()
                .allMatch(selector ->
                        selector.contains("llm-gateway.dev/credentials=true")
                                || selector.contains("app.kubernetes.io/managed-by=llm-gateway"));
        assertThat(reads.whole(OPERATOR))
                .allMatch(name -> name.matches("main-.*|demo-key"))
                .doesNotContain("private", "taken", "second-admin");
        assertThat(reads.selectors(GATEWAY)).isEmpty();
        assertThat(reads.whole(GATEWAY))
                .isNotEmpty()
                .allMatch(name -> name.matches("main-(keys|accounts|credentials)-\\d\\d-[ab]"));
    }

    private static String foreignSecret(String name) {
        return """
        apiVersion: v1
        kind: Secret
        metadata: {name: %s}
        stringData: {api-key: of-somebody-else}
        ---
        """
                .formatted(name);
    }
}
