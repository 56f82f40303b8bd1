package dev.llmgateway.operator.pods;

import dev.llmgateway.cluster.TestNode;
import dev.llmgateway.crds.resource.GatewayKey;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.load.SteadyLoad;
import dev.llmgateway.fixtures.process.Poll;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/// What somebody in one namespace of a test node does with a gateway there, and sees of it.
record Tenant(TestNode node, String namespace, String gateway) {
    private static final int DATA_PORT = 8080;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PODS_START = Duration.ofMinutes(1);

    PodHttp http() {
        return new PodHttp(node);
    }

    void apply(String manifests) {
        node.kubectl().runWith(manifests, "apply", "--namespace=" + namespace, "-f", "-");
    }

    /// Faster than [#apply].
    void create(String manifests) {
        node.client()
                .load(new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8)))
                .inNamespace(namespace)
                .create();
    }

    String kubectl(String command) {
        String[] words = (command + " --namespace=" + namespace).split(" ", -1);
        return node.kubectl().run(words);
    }

    /// Not as one flow mapping: the client takes what begins with a brace for JSON.
    static String object(String kind, String name, String spec) {
        return """
        apiVersion: llm-gateway.dev/v1alpha1
        kind: %s
        metadata: {name: %s}
        spec: {%s}
        ---
        """
                .formatted(kind, name, spec);
    }

    String key(String name, String more) {
        return object(
                "GatewayKey",
                name,
                "gatewayRef: {name: %s}, source: {hashes: ['%s']}%s"
                        .formatted(gateway, digest(name), more.isEmpty() ? "" : ", " + more));
    }

    static String digest(String name) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(secret(name).getBytes(StandardCharsets.US_ASCII));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// What a client shows for the key of this name.
    static String secret(String name) {
        return "sk-of-client-" + name;
    }

    void patchKey(String name, String patch) {
        node.client()
                .resources(GatewayKey.class)
                .inNamespace(namespace)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    /// Waits for a condition's status, and reason where one is given: `True`, `False NotPermitted`.
    void awaitCondition(String object, String type, String wanted) {
        String[] seen = {""};
        String path =
                "jsonpath={range .status.conditions[?(@.type==\"%s\")]}{.status} {.reason}: {.message}{end}"
                        .formatted(type);
        Poll.untilTrue(
                PODS_START,
                () -> object + ": " + type + " is not " + wanted + " but " + seen[0],
                () -> {
                    seen[0] =
                            node.kubectl()
                                    .tried(
                                            "",
                                            "get",
                                            object,
                                            "--namespace=" + namespace,
                                            "-o",
                                            path)
                                    .text();
                    return seen[0].startsWith(wanted);
                });
    }

    /// Those that are not told to end, the newest last.
    List<Pod> pods() {
        return node
                .client()
                .pods()
                .inNamespace(namespace)
                .withLabel("llm-gateway.dev/gateway", gateway)
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    List<Pod> awaitPods(int count) {
        Poll.untilTrue(
                PODS_START,
                () -> count + " ready pods: " + kubectl("get pods -o wide"),
                () -> pods().size() == count && pods().stream().allMatch(Readiness::isPodReady));
        return pods();
    }

    static List<URI> addresses(List<Pod> pods) {
        return pods.stream().map(pod -> PodHttp.address(pod, DATA_PORT)).toList();
    }

    /// Waits until every pod gives this status to the key.
    ///
    /// @return milliseconds it took
    double everywhere(List<URI> pods, String key, int status) {
        return everywhere(
                pods,
                "status " + status + " for " + key,
                pod -> http().status(pod, "/v1/models", field(secret(key))) == status);
    }

    /// Waits until every pod shows the key something in its list of models.
    double everywhereListed(List<URI> pods, String key, String model) {
        return everywhere(
                pods,
                model + " is listed",
                pod -> {
                    try {
                        HttpMessage reply = http().get(pod, "/v1/models", field(secret(key)));
                        return reply.body().contains('"' + model + '"');
                    } catch (IOException _) {
                        return false;
                    }
                });
    }

    private static double everywhere(List<URI> pods, String what, Predicate<URI> holds) {
        long start = System.nanoTime();
        for (URI pod : pods) {
            Poll.untilTrue(PATIENCE, () -> what + " at " + pod, () -> holds.test(pod));
        }
        return (System.nanoTime() - start) / 1e6;
    }

    static String field(String secret) {
        return "x-api-key: " + secret + "\r\n";
    }

    /// The gateway's Service.
    URI service() {
        String address =
                Objects.requireNonNull(
                        node.client()
                                .services()
                                .inNamespace(namespace)
                                .withName(gateway)
                                .get()
                                .getSpec()
                                .getClusterIP());
        return URI.create("http://" + address + ":80");
    }

    /// Connections to the Service.
    SteadyLoad.Connect connect() {
        URI service = service();
        return _ -> http().connect(service);
    }
}
