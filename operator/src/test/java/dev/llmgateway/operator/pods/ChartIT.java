package dev.llmgateway.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.Helm;
import dev.llmgateway.cluster.TestNode;
import dev.llmgateway.fixtures.figures.Figures;
import dev.llmgateway.fixtures.figures.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The chart's life on a real node, in a namespace that takes restricted pods only.
class ChartIT {
    @RegisterExtension static final TestNode NODE = new TestNode();

    private static final String NAMESPACE = "by-helm";
    private static final String RELEASE = "llm-gateway";

    /// From nothing to the first answer; most of it is pods that start.
    private static final double FIRST_CALL_MILLIS = 60_000;

    @Test
    void installsServesUpgradesRollsBackAndLeavesTheDefinitions() {
        SharedGateway.loadImages(NODE);
        NODE.createNamespace(NAMESPACE, Map.of("pod-security.kubernetes.io/enforce", "restricted"));
        Helm helm = Helm.offline().on(NODE.kubectl());
        Tenant tenant = new Tenant(NODE, NAMESPACE, "main");
        long begun = System.nanoTime();

        String notes = helm(helm, "install");
        assertThat(notes).contains("watches that namespace").contains("apikey add");
        tenant.apply(
                Tenant.object(
                                "GatewayConfig",
                                "main",
                                "simulation: {enabled: true}, deployment: {replicas: 1, resources: {requests: {cpu: 50m, memory: 128Mi}}}")
                        + Tenant.object(
                                "UpstreamAccount",
                                "simulated",
                                "gatewayRef: {name: main}, provider: Simulated")
                        + tenant.key("client", ""));
        var pods = Tenant.addresses(tenant.awaitPods(1));
        tenant.everywhere(pods, "client", 200);
        double millis = (System.nanoTime() - begun) / 1e6;
        Figures.note(
                "chart",
                "helm install until the first answer",
                millis,
                "ms",
                Promise.atMost(FIRST_CALL_MILLIS));
        assertThat(millis).isLessThan(5 * FIRST_CALL_MILLIS);

        helm(helm, "upgrade", "--set", "replicas=1", "--set", "podAnnotations.rolled=yes");
        assertThat(replicas(tenant)).isEqualTo("1");
        tenant.create(tenant.key("after-the-upgrade", ""));
        tenant.everywhere(pods, "after-the-upgrade", 200);

        helm.run("rollback", RELEASE, "1", "--wait", "--timeout=3m", "-n", NAMESPACE);
        assertThat(replicas(tenant)).isEqualTo("2");

        helm.run("uninstall", RELEASE, "--wait", "--timeout=2m", "-n", NAMESPACE);
        assertThat(tenant.kubectl("get deployments -o name"))
                .contains("deployment.apps/main")
                .doesNotContain("operator");
        assertThat(tenant.kubectl("get llm-gateway -o name").lines()).hasSize(4);
        tenant.everywhere(pods, "client", 200);
        tenant.kubectl("delete gatewayconfig/main");
    }

    private static String replicas(Tenant tenant) {
        return tenant.kubectl(
                "get deployment/llm-gateway-operator -o jsonpath={.status.readyReplicas}");
    }

    /// The definitions stand there already, by the test node.
    private static String helm(Helm helm, String verb, String... further) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                verb,
                                RELEASE,
                                Helm.chart("llm-gateway"),
                                "-n",
                                NAMESPACE,
                                "--wait",
                                "--timeout=3m",
                                "--take-ownership",
                                "--set",
                                "image.repository=localhost/llm-gateway-operator",
                                "--set",
                                "image.tag=test",
                                "--set",
                                "image.pullPolicy=Never",
                                "--set",
                                "gateway.image.repository=localhost/llm-gateway",
                                "--set",
                                "gateway.image.tag=test"));
        command.addAll(List.of(further));
        return helm.run(command.toArray(String[]::new));
    }
}
