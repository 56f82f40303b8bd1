package dev.llmgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.process.Poll;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Level one is a real control plane.
class TestClusterIT {
    @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void aDeploymentIsSeenAndAControllerActsOnIt() {
        CLUSTER.kubectl().run("create", "deployment", "web", "--image=localhost/web:1");

        assertThat(CLUSTER.client().resources(Deployment.class).list().getItems())
                .extracting(deployment -> deployment.getMetadata().getName())
                .containsExactly("web");
        Poll.untilTrue(
                SOON,
                () -> "a ReplicaSet for the Deployment",
                () -> !CLUSTER.client().resources(ReplicaSet.class).list().getItems().isEmpty());
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
    void kubectlIsOfTheClustersVersion() {
        String version = CLUSTER.kubectl().run("version");

        assertThat(version).contains("Client Version: v1.36.3", "Server Version: v1.36.3");
    }

    @Test
    void aCommandThatFailsTellsHow() {
        Kubectl.Result result = CLUSTER.kubectl().tried("", "get", "secret", "nosuch");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.text()).contains("NotFound");
    }

    @Test
    void theAuditLogTellsWhoReadASecret() throws Exception {
        Secret secret =
                new SecretBuilder().withNewMetadata().withName("noted").endMetadata().build();
        CLUSTER.client().resource(secret).create();
        Path log = CLUSTER.auditLog().orElseThrow();

        CLUSTER.client().secrets().withName("noted").get();

        Poll.untilTrue(SOON, () -> "the read in " + log, () -> readsOf("noted", log) > 0);
        assertThat(Files.readString(log)).contains("\"username\":\"admin\"");
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
