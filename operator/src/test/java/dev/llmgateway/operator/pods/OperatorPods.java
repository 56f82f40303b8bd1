package dev.llmgateway.operator.pods;

import dev.llmgateway.cluster.OurImage;
import dev.llmgateway.cluster.PodProcess;
import dev.llmgateway.cluster.TestNode;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.process.Repository;
import dev.llmgateway.operator.app.LeaderElection;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The packaged operator as a Deployment of a test node: the example's manifest, and exactly the
/// rights of a watch mode.
final class OperatorPods {
    static final String NAME = "llm-gateway-operator";

    /// Of the management port.
    static final int HEALTH_PORT = 9000;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /// Promised failover times follow from production's 15/10/2 s; tests do not wait that long
    /// (operator.md).
    private static final String TEST_LEASE =
            """

                    - {name: LLM_GATEWAY_LEASE_DURATION, value: 3S}
                    - {name: LLM_GATEWAY_LEASE_RENEW_DEADLINE, value: 2S}
                    - {name: LLM_GATEWAY_LEASE_RETRY_PERIOD, value: 500ms}\
            """;

    /// The namespace of the example and the rights, and the second one that mode Namespaces has.
    private static final String EXAMPLE = "\"?llm-gateway\"?(?=[\\s,}])";

    private static final String EXAMPLE_TENANT = "\"team-a\"";

    private final TestNode node;
    private final String namespace;

    OperatorPods(TestNode node, String namespace) {
        this.node = node;
        this.namespace = namespace;
    }

    /// This program and the gateway.
    static void loadImages(TestNode node) {
        node.load(OurImage.GATEWAY);
        node.load(OurImage.OPERATOR);
    }

    /// In watch mode Own or Cluster; returns when all replicas are ready.
    void deploy(String mode) {
        apply(mode, TEST_LEASE);
        awaitRollout();
    }

    /// In watch mode Namespaces, of its own and this one.
    void deployFor(String tenant) {
        String rights = read("charts/llm-gateway/rbac/namespaces.yaml");
        String moved =
                rights.replaceAll(EXAMPLE_TENANT, tenant)
                        .replaceAll("- " + EXAMPLE, "- " + namespace);
        String watched =
                "\n        - {name: LLM_GATEWAY_WATCH_NAMESPACES, value: \"%s,%s\"}"
                        .formatted(namespace, tenant);
        applyMoved(moved);
        applyMoved(deployment("Namespaces", TEST_LEASE + watched));
        awaitRollout();
    }

    /// @param settings further entries of the container's `env`
    void apply(String mode, String settings) {
        applyMoved(read("charts/llm-gateway/rbac/" + mode.toLowerCase(Locale.ROOT) + ".yaml"));
        applyMoved(deployment(mode, settings));
    }

    private static String deployment(String mode, String settings) {
        return read("examples/cluster-quickstart/operator.yaml")
                .replace("env:", "env:" + settings)
                .replace("value: Own", "value: " + mode);
    }

    private void applyMoved(String manifests) {
        String text = manifests.replaceAll("namespace: " + EXAMPLE, "namespace: " + namespace);
        node.kubectl()
                .runWith(
                        text,
                        "apply",
                        "--server-side",
                        "--force-conflicts",
                        "--namespace=" + namespace,
                        "-f",
                        "-");
    }

    /// For a while another one is at work.
    void scale(int replicas) {
        node.kubectl()
                .run(
                        "scale",
                        "deployment/" + NAME,
                        "--replicas=" + replicas,
                        "--namespace=" + namespace);
        awaitRollout();
        Poll.untilTrue(PATIENCE, () -> replicas + " operators", () -> pods().size() == replicas);
    }

    private void awaitRollout() {
        node.kubectl()
                .run(
                        "rollout",
                        "status",
                        "deployment/" + NAME,
                        "--namespace=" + namespace,
                        "--timeout=90s");
    }

    static String read(String file) {
        try {
            return Files.readString(Repository.root().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Pod> pods() {
        return node
                .client()
                .pods()
                .inNamespace(namespace)
                .withLabel("app.kubernetes.io/name", NAME)
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    /// Name of the pod that holds the lease; waits until one does.
    String leader() {
        List<String> names = pods().stream().map(pod -> pod.getMetadata().getName()).toList();
        return Poll.until(
                PATIENCE,
                () -> "one of " + names + " leads: " + lease(),
                () ->
                        holder().flatMap(holder ->
                                names.stream().filter(holder::startsWith).findFirst()));
    }

    /// Who holds the lease; empty while nobody does.
    Optional<String> holder() {
        return lease().map(lease -> lease.getSpec().getHolderIdentity())
                .filter(holder -> !holder.isEmpty());
    }

    private Optional<Lease> lease() {
        @Nullable Lease lease =
                node.client().leases().inNamespace(namespace).withName(LeaderElection.LEASE).get();
        return Optional.ofNullable(lease);
    }

    /// Names of pods that say of themselves that they lead.
    List<String> leading(PodHttp http) {
        return pods().stream()
                .filter(pod -> saysItLeads(http, pod))
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    private static boolean saysItLeads(PodHttp http, Pod pod) {
        try {
            return http.get(PodHttp.address(pod, HEALTH_PORT), "/q/health/ready", "")
                    .body()
                    .replaceAll("\\s", "")
                    .contains("\"leading\":true");
        } catch (IOException _) {
            return false; // it does not run
        }
    }

    static PodProcess process(Pod pod) {
        return Poll.until(
                PATIENCE,
                () -> "a process of " + pod.getMetadata().getName(),
                () -> PodProcess.of(pod));
    }

    /// What its containers wrote; for failures.
    String log() {
        return node.kubectl()
                .tried(
                        "",
                        "logs",
                        "--namespace=" + namespace,
                        "--selector=app.kubernetes.io/name=" + NAME,
                        "--prefix",
                        "--tail=60")
                .text();
    }
}
