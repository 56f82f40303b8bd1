package dev.llmgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Level one is a real API server, wherever it comes from.
class TestClusterIT {
    @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

    @Test
    void aDeploymentIsSeen() {
        CLUSTER.kubectl().run("create", "deployment", "web", "--image=localhost/web:1");

        assertThat(CLUSTER.client().resources(Deployment.class).list().getItems())
                .extracting(deployment -> deployment.getMetadata().getName())
                .containsExactly("web");
    }

    @Test
    void ourKindsAreServed() {
        List<String> groups =
                CLUSTER
                        .client()
                        .resources(CustomResourceDefinition.class)
                        .list()
                        .getItems()
                        .stream()
                        .map(crd -> crd.getSpec().getGroup())
                        .toList();

        assertThat(groups).filteredOn("llm-gateway.dev"::equals).hasSize(3);
    }

    @Test
    void aClassHasANamespaceOfItsOwnAndMayHaveMore() {
        String further = CLUSTER.namespace() + "-more";

        CLUSTER.createNamespace(further, Map.of("team", "a"));

        assertThat(CLUSTER.namespace()).startsWith("testclusterit-");
        assertThat(CLUSTER.client().namespaces().withName(further).get().getMetadata().getLabels())
                .containsEntry("team", "a");
        CLUSTER.client().namespaces().withName(further).delete();
    }

    @Test
    void kubectlSpeaksWithTheServer() {
        String version = CLUSTER.kubectl().run("version");

        assertThat(version).contains("Client Version: v1.", "Server Version: v1.");
    }

    @Test
    void aCommandThatFailsTellsHow() {
        Kubectl.Result result = CLUSTER.kubectl().tried("", "get", "secret", "nosuch");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.text()).contains("NotFound");
    }
}
