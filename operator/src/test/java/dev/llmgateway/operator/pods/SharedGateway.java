package dev.llmgateway.operator.pods;

import dev.llmgateway.cluster.TestNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One operator in two pods (watch mode Own) and the gateway of three that it made, for all test
/// classes on a node.
///
/// @param tenant acts in the operator's namespace
record SharedGateway(OperatorPods operator, Tenant tenant) {
    static final int PODS = 3;

    /// A key that every test may use and none revokes.
    static final String KEY = "steady";

    private static final String NAMESPACE = "shared";

    /// Nodes by their kubeconfig: a test that is run once more gets a new one.
    private static Path loaded = Path.of("");

    private static Path made = Path.of("");

    /// Empty where no test class needed it yet.
    static synchronized Optional<OperatorPods> operatorIfAny(TestNode node) {
        return made.equals(node.kubeconfig())
                ? Optional.of(new OperatorPods(node, NAMESPACE))
                : Optional.empty();
    }

    /// Packs and loads both programs, once.
    static synchronized void loadImages(TestNode node) {
        if (!loaded.equals(node.kubeconfig())) {
            OperatorPods.loadImages(node);
            loaded = node.kubeconfig();
        }
    }

    static synchronized SharedGateway of(TestNode node) {
        OperatorPods operator = new OperatorPods(node, NAMESPACE);
        Tenant tenant = new Tenant(node, NAMESPACE, "main");
        if (!made.equals(node.kubeconfig())) {
            loadImages(node);
            node.createNamespace(NAMESPACE, Map.of());
            operator.deploy("Own");
            tenant.apply(gateway() + account() + tenant.key(KEY, ""));
            tenant.awaitCondition("gatewayconfig/main", "Programmed", "True");
            made = node.kubeconfig();
        }
        // A class of tests may have left it in the middle of something.
        tenant.awaitPods(PODS);
        return new SharedGateway(operator, tenant);
    }

    private static String gateway() {
        return Tenant.object(
                "GatewayConfig",
                "main",
                "simulation: {enabled: true}, egress: {allowPrivateNetworks: true}, deployment: {replicas: "
                        + PODS
                        + ", terminationGracePeriod: 10s, resources: {requests: {cpu: 50m, memory: 128Mi}}}");
    }

    private static String account() {
        return Tenant.object(
                "UpstreamAccount", "simulated", "gatewayRef: {name: main}, provider: Simulated");
    }

    List<URI> addresses() {
        return Tenant.addresses(tenant.awaitPods(PODS));
    }
}
