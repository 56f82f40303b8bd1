package dev.llmgateway.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.process.Poll;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Level two runs Pods: they start, see their Secrets, answer under a Service's name, and are told
/// to end.
class TestNodeIT {
    @RegisterExtension static final TestNode NODE = new TestNode();

    private static final Duration SOON = Duration.ofMinutes(1);

    private static final String DEMO =
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: demo}
            stringData: {token: seen-by-the-pod}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: demo}
            spec:
              selector: {matchLabels: {app: demo}}
              template:
                metadata: {labels: {app: demo}}
                spec:
                  securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}
                  containers:
                  - name: demo
                    image: localhost/demo:1
                    imagePullPolicy: Never
                    resources: {limits: {cpu: 500m, memory: 64Mi}}
                    securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
                    readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 1}
                    volumeMounts: [{name: secret, mountPath: /mounted, readOnly: true}]
                  volumes: [{name: secret, secret: {secretName: demo}}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: demo}
            spec: {selector: {app: demo}, ports: [{port: 80, targetPort: 8080}]}
            """;

    @Test
    void aPodRunsSeesItsSecretAndIsToldToEnd() throws Exception {
        NODE.kubectl().runWith(DEMO, "apply", "-f", "-");
        NODE.kubectl().run("rollout", "status", "deployment/demo", "--timeout=60s");
        Pod pod = NODE.client().pods().withLabel("app", "demo").list().getItems().getFirst();

        assertThat(throughTheService("/mounted/token")).isEqualTo("seen-by-the-pod");
        assertThat(answer(pod.getStatus().getPodIP(), "/")).isEqualTo("hello");

        CompletableFuture<String> lastWords = follow(pod);
        long began = System.nanoTime();
        NODE.client().resource(pod).delete();
        assertThat(lastWords.get(60, TimeUnit.SECONDS))
                .contains("got terminated and drains", "drained");
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void aJavaProgramRunsInAnImageThatIsMadeHere(@TempDir Path app) throws Exception {
        Files.writeString(app.resolve("hello.txt"), "hello from a file");
        app.toFile().setExecutable(true, false);
        app.toFile().setReadable(true, false);

        NODE.load(
                JavaImage.of(
                        "localhost/files:1",
                        app,
                        "-m",
                        "jdk.httpserver",
                        "-b",
                        "0.0.0.0",
                        "-d",
                        "/app",
                        "-p",
                        "8080"));
        NODE.kubectl()
                .run("run", "files", "--image=localhost/files:1", "--image-pull-policy=Never");
        NODE.kubectl().run("wait", "--for=condition=Ready", "pod/files", "--timeout=60s");

        String address = NODE.client().pods().withName("files").get().getStatus().getPodIP();
        String said =
                Poll.until(
                        SOON,
                        () -> "the file server answers",
                        () ->
                                Optional.of(answer(address, "/hello.txt"))
                                        .filter(text -> !text.isEmpty()));
        assertThat(said).isEqualTo("hello from a file");
    }

    @Test
    void componentsAndKubectlAreOfOneVersion() {
        String version = NODE.kubectl().run("version");

        assertThat(version).contains("Client Version: v1.36.3", "Server Version: v1.36.3");
    }

    @Test
    void theAuditLogTellsWhoReadASecret() throws Exception {
        Secret secret =
                new SecretBuilder().withNewMetadata().withName("noted").endMetadata().build();
        NODE.client().resource(secret).create();
        Path log = NODE.auditLog().orElseThrow();

        NODE.client().secrets().withName("noted").get();

        Poll.untilTrue(SOON, () -> "the read in " + log, () -> readsOf("noted", log) > 0);
        assertThat(Files.readString(log)).contains("\"username\":\"admin\"");
    }

    /// The API server is asked from outside and reaches the Pod inside. A Service answers up to a
    /// second after its Pods are ready: kube-proxy's normal period.
    private static String throughTheService(String path) {
        String proxy = "/api/v1/namespaces/" + NODE.namespace() + "/services/demo:80/proxy" + path;
        return Poll.until(
                SOON,
                () -> "the Service answers",
                () -> {
                    Kubectl.Result result = NODE.kubectl().tried("", "get", "--raw=" + proxy);
                    return result.exit() == 0 ? Optional.of(result.text()) : Optional.empty();
                });
    }

    /// Straight to the Pod's address, from inside the node's network.
    private static String answer(String address, String path) {
        List<String> command =
                NODE.inNetwork(List.of("curl", "-s", "http://" + address + ":8080" + path));
        return Command.run(command, "").output();
    }

    private static CompletableFuture<String> follow(Pod pod) {
        PodResource resource = NODE.client().pods().resource(pod);
        return CompletableFuture.supplyAsync(() -> {
            try (var log = resource.watchLog()) {
                return new String(log.getOutput().readAllBytes(), UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static long readsOf(String name, Path log) {
        try {
            return Files.readAllLines(log).stream()
                    .filter(line -> line.contains("\"verb\":\"get\""))
                    .filter(line -> line.contains("\"name\":\"" + name + "\""))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
