package dev.llmgateway.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.TestNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The operator in pods under the rights of the modes that see more than its own namespace, which
/// [SharedGateway]'s does not.
class WatchModesIT {
    @RegisterExtension static final TestNode NODE = new TestNode();

    private static final String CONSENT =
            "deployment: {replicas: 1, resources: {requests: {cpu: 50m}}}, simulation: {enabled: true}, "
                    + "allowedKeys: {namespaces: {from: Selector, selector: {matchLabels: {llm: 'true'}}}}";

    private static String watched = "";
    private static String stranger = "";
    private static OperatorPods operator;

    @BeforeAll
    static void makeNamespaces() {
        OperatorPods.loadImages(NODE);
        operator = new OperatorPods(NODE, NODE.namespace());
        watched = NODE.namespace() + "-watched";
        stranger = NODE.namespace() + "-stranger";
        NODE.createNamespace(watched, Map.of("llm", "true"));
        NODE.createNamespace(stranger, Map.of("llm", "true"));
        SharedGateway.operatorIfAny(NODE).ifPresent(other -> other.scale(0));
    }

    /// One that sees everything would meddle with whatever comes next.
    @AfterEach
    void end() {
        operator.scale(0);
        NODE.kubectl().run("delete", "gatewayconfig", "--all", "--namespace=" + watched);
    }

    @AfterAll
    static void remove() {
        List.of(watched, stranger)
                .forEach(each -> NODE.client().namespaces().withName(each).delete());
        SharedGateway.operatorIfAny(NODE).ifPresent(other -> other.scale(2));
    }

    @Test
    void inModeClusterAKeyOfAnyConsentingNamespaceOpensAGatewayOfAnother() {
        operator.deploy("Cluster");
        Tenant tenant = new Tenant(NODE, watched, "everywhere");
        Tenant guest = new Tenant(NODE, stranger, "everywhere");

        tenant.apply(gateway("everywhere") + tenant.key("home", ""));
        guest.apply(guestKey("guest", "everywhere"));

        tenant.awaitCondition("gatewayconfig/everywhere", "Programmed", "True");
        var pods = Tenant.addresses(tenant.awaitPods(1));
        tenant.everywhere(pods, "home", 200);
        tenant.everywhere(pods, "guest", 200);
        guest.awaitCondition("gatewaykey/guest", "Ready", "True");

        NODE.kubectl().run("label", "namespace", stranger, "llm-");
        tenant.everywhere(pods, "guest", 401);
        guest.awaitCondition("gatewaykey/guest", "Accepted", "False NotPermitted");
        NODE.kubectl().run("label", "namespace", stranger, "llm=true");
        tenant.everywhere(pods, "guest", 200);
    }

    @Test
    @Tag("full")
    void inModeNamespacesAKeyOfANamespaceThatIsNotWatchedIsNotSeen() {
        operator.deployFor(watched);
        Tenant tenant = new Tenant(NODE, watched, "some");
        Tenant guest = new Tenant(NODE, stranger, "some");

        tenant.apply(gateway("some") + tenant.key("near", ""));
        guest.apply(guestKey("far", "some"));

        tenant.awaitCondition("gatewayconfig/some", "Programmed", "True");
        var pods = Tenant.addresses(tenant.awaitPods(1));
        tenant.everywhere(pods, "near", 200);
        tenant.apply(tenant.key("last", ""));
        tenant.everywhere(pods, "last", 200); // the far one was made before it
        assertThat(
                        tenant.http()
                                .status(
                                        pods.getFirst(),
                                        "/v1/models",
                                        Tenant.field(Tenant.secret("far"))))
                .isEqualTo(401);
        assertThat(guest.kubectl("get gatewaykey/far -o jsonpath={.status}")).isEmpty();
    }

    private static String gateway(String name) {
        return Tenant.object("GatewayConfig", name, CONSENT)
                + Tenant.object(
                        "UpstreamAccount",
                        "simulated",
                        "gatewayRef: {name: " + name + "}, provider: Simulated");
    }

    private static String guestKey(String name, String gateway) {
        return Tenant.object(
                "GatewayKey",
                name,
                "gatewayRef: {name: %s, namespace: %s}, source: {hashes: ['%s']}"
                        .formatted(gateway, watched, Tenant.digest(name)));
    }
}
