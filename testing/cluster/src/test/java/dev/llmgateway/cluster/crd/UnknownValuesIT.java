package dev.llmgateway.cluster.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.cluster.TestCluster;
import dev.llmgateway.crds.resource.LenientReading;
import dev.llmgateway.crds.resource.Unreadable;
import dev.llmgateway.crds.resource.UpstreamAccount;
import dev.llmgateway.fixtures.process.Poll;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The cluster's CRD is newer than this program: what it does not know never stops its informer.
class UnknownValuesIT {
    @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String CRD = "crd/upstreamaccounts.llm-gateway.dev";
    private static final String SPEC =
            "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/";
    private static final String NEWER =
            """
            [{"op": "add", "path": "%1$sprovider/enum/-", "value": "Newest"},
             {"op": "add", "path": "%1$scolour", "value": {"type": "string"}},
             {"op": "replace", "path": "%1$spriority", "value": {"type": "string"}}]\
            """
                    .formatted(SPEC);

    @BeforeAll
    static void upgrade() {
        CLUSTER.kubectl().run("patch", CRD, "--type=json", "--patch=" + NEWER);
    }

    @AfterAll
    static void downgrade() {
        for (CrdFile crd : CrdFile.all()) {
            CLUSTER.kubectl()
                    .run(
                            "apply",
                            "--server-side",
                            "--force-conflicts",
                            "-f",
                            crd.path().toString());
        }
        Poll.untilTrue(SOON, () -> "the old CRD is served again", () -> !accepts("Newest"));
    }

    @Test
    void theInformerSeesEveryObjectAndTellsWhichItCannotRead() {
        KubernetesSerialization serialization =
                new KubernetesSerialization(LenientReading.configure(new ObjectMapper()), true);
        try (KubernetesClient client =
                        new KubernetesClientBuilder()
                                .withConfig(Config.fromKubeconfig(CLUSTER.kubeconfig().toFile()))
                                .withKubernetesSerialization(serialization)
                                .build();
                SharedIndexInformer<UpstreamAccount> informer =
                        client.resources(UpstreamAccount.class)
                                .inNamespace(CLUSTER.namespace())
                                .inform()) {
            apply("word", "provider: Newest, auth: {none: {}}");
            apply("type", "provider: Qwen, auth: {none: {}}, priority: high");
            apply("field", "provider: Qwen, auth: {none: {}}, priority: '1', colour: red");
            apply("known", "provider: Simulated");

            assertThat(seen(informer, "word").unreadable())
                    .contains(new Unreadable("spec.provider", "unknown value \"Newest\""));
            assertThat(seen(informer, "type").unreadable())
                    .map(Unreadable::path)
                    .contains("spec.priority");
            assertThat(seen(informer, "field").getSpec().priority()).isEqualTo(1);
            assertThat(seen(informer, "known").unreadable()).isEmpty();
            assertThat(informer.isWatching()).isTrue();
        }
    }

    private static UpstreamAccount seen(
            SharedIndexInformer<UpstreamAccount> informer, String name) {
        return Poll.until(
                SOON,
                () -> "the informer sees " + name,
                () ->
                        Optional.ofNullable(
                                informer.getStore().getByKey(CLUSTER.namespace() + "/" + name)));
    }

    /// A changed CRD is in force a moment after it was written.
    private static void apply(String name, String spec) {
        String manifest = manifest(name, spec);
        Poll.untilTrue(
                SOON,
                () -> "accepted: " + manifest,
                () -> CLUSTER.kubectl().tried(manifest, "apply", "-f", "-").exit() == 0);
    }

    private static boolean accepts(String provider) {
        return CLUSTER.kubectl()
                        .tried(
                                manifest("probe", "provider: " + provider + ", auth: {none: {}}"),
                                "apply",
                                "--dry-run=server",
                                "-f",
                                "-")
                        .exit()
                == 0;
    }

    private static String manifest(String name, String spec) {
        return "{apiVersion: llm-gateway.dev/v1alpha1, kind: UpstreamAccount, metadata: {name: %s}, spec: {%s}}"
                .formatted(name, spec);
    }
}
