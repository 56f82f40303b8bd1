package dev.llmgateway.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.TestNode;
import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.operator.fleet.ReportPage;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The desired objects really run: kubelet mounts, probes, tokens, rights and SIGTERM are real.
class RunningGatewayIT {
    @RegisterExtension static final TestNode NODE = new TestNode();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Five times what is promised (operator.md, O2).
    private static final Duration REVOKED_WITHIN = Duration.ofSeconds(5);

    private static final String KEY = "sk-of-a-client-of-real-pods";

    private static final String MANIFESTS =
            """
            apiVersion: llm-gateway.dev/v1alpha1
            kind: GatewayConfig
            metadata: {name: main, namespace: NAMESPACE}
            spec: {simulation: {enabled: true}}
            ---
            apiVersion: llm-gateway.dev/v1alpha1
            kind: UpstreamAccount
            metadata: {name: simulated, namespace: NAMESPACE}
            spec: {provider: Simulated}
            ---
            apiVersion: llm-gateway.dev/v1alpha1
            kind: GatewayKey
            metadata: {name: client, namespace: NAMESPACE}
            spec: {source: {hashes: ["sha256:DIGEST"]}, suspended: false}
            """;

    @TempDir private static Path folder;
    private static GatewayPods gateway;

    @BeforeAll
    static void run() throws Exception {
        gateway = new GatewayPods(NODE);
        GatewayPods.loadImage(NODE);
        GatewayPlan plan = gateway.publish(manifests());
        gateway.deploy(spec("Watch"), plan);
    }

    private static GatewayConfigSpec spec(String propagation) {
        return NODE.client()
                .getKubernetesSerialization()
                .convertValue(
                        Map.of(
                                "deployment",
                                Map.of("terminationGracePeriod", "30s"),
                                "propagation",
                                Map.of("mode", propagation)),
                        GatewayConfigSpec.class);
    }

    @Test
    void podsServeReportDrainAndFollowTheirBundle() throws Exception {
        assertThat(gateway.pods()).hasSize(2);
        Poll.untilTrue(
                PATIENCE,
                () -> "the Service answers",
                () -> ask(gateway.service(), "simulated-echo", false).contains("\"Hello\""));
        for (Pod pod : gateway.pods()) {
            assertThat(report(pod).revision()).isEqualTo(gateway.revision());
            assertThat(report(pod, "no-token-of-this-gateway")).doesNotContain("revision");
        }

        aPodThatIsDeletedFinishesItsStream();
        aRevokedKeyIsRefusedByEveryPod();
        podsThatMayNotAskTheApiServerServeFromTheirMount();
    }

    private static void aPodThatIsDeletedFinishesItsStream() throws Exception {
        Pod leaving = gateway.pods().getFirst();
        Path received = folder.resolve("stream");
        CompletableFuture<String> stream =
                CompletableFuture.supplyAsync(() ->
                        ask(
                                address(leaving),
                                "simulated-slow-400",
                                true,
                                "-N",
                                "-o",
                                received.toString()));
        Poll.untilTrue(
                PATIENCE, () -> "a stream runs", () -> text(received).contains("message_start"));

        NODE.client().resource(leaving).delete();

        assertThat(text(received)).doesNotContain("message_stop");
        stream.get(60, TimeUnit.SECONDS);
        assertThat(text(received)).contains("event: message_stop");
        Poll.untilTrue(PATIENCE, () -> "the pod is gone", () -> !gateway.exists(leaving));
        NODE.kubectl().run("rollout", "status", "deployment/main", "--timeout=90s");
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void aRevokedKeyIsRefusedByEveryPod() throws Exception {
        List<String> addresses = gateway.pods().stream().map(RunningGatewayIT::address).toList();
        assertThat(addresses)
                .hasSize(2)
                .allSatisfy(pod -> assertThat(status(pod)).isEqualTo("200"));

        gateway.publish(manifests().replace("suspended: false", "suspended: true"));

        for (String pod : addresses) {
            Poll.untilTrue(REVOKED_WITHIN, () -> "401 of " + pod, () -> status(pod).equals("401"));
        }
    }

    private static void podsThatMayNotAskTheApiServerServeFromTheirMount() throws Exception {
        gateway.deploy(spec("Mount"), gateway.publish(manifests()));

        List<Pod> pods = gateway.pods();
        assertThat(pods)
                .hasSize(2)
                .allSatisfy(pod -> {
                    assertThat(pod.getSpec().getVolumes())
                            .noneMatch(each -> each.getName().equals("token"));
                    assertThat(status(address(pod))).isEqualTo("200");
                    assertThat(report(pod).revision()).isEqualTo(gateway.revision());
                });
    }

    private static String manifests() throws Exception {
        byte[] digest =
                MessageDigest.getInstance("SHA-256")
                        .digest(KEY.getBytes(StandardCharsets.US_ASCII));
        return MANIFESTS
                .replace("NAMESPACE", NODE.namespace())
                .replace("DIGEST", HexFormat.of().formatHex(digest));
    }

    private static String address(Pod pod) {
        return pod.getStatus().getPodIP() + ":8080";
    }

    private static String ask(String address, String model, boolean stream, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "http://" + address + "/v1/messages",
                                "-H",
                                "x-api-key: " + KEY,
                                "-H",
                                "content-type: application/json",
                                "-d",
                                question(model, stream)));
        arguments.addAll(List.of(more));
        return gateway.curl(arguments.toArray(String[]::new));
    }

    private static String question(String model, boolean stream) {
        return """
        {"model":"%s","max_tokens":100,"stream":%s,"messages":[{"role":"user","content":"Hello"}]}
        """
                .formatted(model, stream);
    }

    private static String status(String address) {
        return gateway.curl(
                "-o",
                "/dev/null",
                "-w",
                "%{http_code}",
                "-H",
                "x-api-key: " + KEY,
                "http://" + address + "/v1/models");
    }

    private static ReportPage report(Pod pod) throws IOException {
        return ReportPage.parse(report(pod, gateway.tokens().current()));
    }

    private static String report(Pod pod, String token) {
        return admin(pod, "/report?after=-1", token);
    }

    private static String admin(Pod pod, String path, String token) {
        return gateway.curl(
                "-H",
                "Authorization: Bearer " + token,
                "http://" + pod.getStatus().getPodIP() + ":9090" + path);
    }
}
