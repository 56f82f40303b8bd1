package dev.llmgateway.operator.pods;

import dev.llmgateway.cluster.OurImage;
import dev.llmgateway.cluster.TestNode;
import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.compile.CompileOptions;
import dev.llmgateway.crds.compile.Compiler;
import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.plan.BundleInput;
import dev.llmgateway.crds.plan.BundleStep;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.plan.PartName;
import dev.llmgateway.crds.plan.PlanBundle;
import dev.llmgateway.crds.plan.PlanIndex;
import dev.llmgateway.crds.plan.Revision;
import dev.llmgateway.operator.desired.AdminSecret;
import dev.llmgateway.operator.desired.AdminTokens;
import dev.llmgateway.operator.desired.GatewayFacts;
import dev.llmgateway.operator.desired.GatewayObjects;
import dev.llmgateway.operator.desired.UpstreamPorts;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The packaged gateway in pods of a test node, put there as the operator would put it.
final class GatewayPods {
    private final TestNode node;
    private final ObjectRef gateway;
    private final AdminTokens tokens =
            AdminTokens.of(Optional.empty(), new SecureRandom(), Instant.now());
    private PlanIndex live = PlanIndex.NONE;

    GatewayPods(TestNode node) {
        this.node = node;
        this.gateway = new ObjectRef(node.namespace(), "main");
    }

    static void loadImage(TestNode node) {
        node.load(OurImage.GATEWAY);
    }

    AdminTokens tokens() {
        return tokens;
    }

    /// Writes the next revision of the bundle: parts first, then the index.
    ///
    /// @param manifests with a GatewayConfig `main`, without namespaces
    GatewayPlan publish(String manifests) {
        GatewayPlan plan = plan(manifests);
        BundleStep step =
                PlanBundle.next(
                        live,
                        Revision.NONE,
                        new BundleInput(
                                plan, Map.of(), Map.of(), Set.of(), 2, System.currentTimeMillis()));
        step.writes()
                .forEach(write ->
                        apply(
                                new SecretBuilder()
                                        .withNewMetadata()
                                        .withName(write.name().object(gateway.name()))
                                        .withNamespace(gateway.namespace())
                                        .endMetadata()
                                        .addToData(write.content().key(), write.content().base64())
                                        .build()));
        apply(
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(PartName.indexObject(gateway.name()))
                        .withNamespace(gateway.namespace())
                        .endMetadata()
                        .addToData(PlanIndex.DATA_KEY, step.index().encode())
                        .build());
        live = step.index();
        return plan;
    }

    void deploy(GatewayConfigSpec spec, GatewayPlan plan) {
        GatewayFacts facts =
                new GatewayFacts(
                        gateway,
                        "11111111-2222-3333-4444-555555555555",
                        spec,
                        UpstreamPorts.of(plan),
                        new GatewayFacts.Operator(
                                gateway.namespace(),
                                OurImage.GATEWAY.name(),
                                OptionalLong.empty()));
        List<HasMetadata> objects = new ArrayList<>(List.of(AdminSecret.of(facts, tokens)));
        objects.addAll(GatewayObjects.of(facts).wanted());
        for (HasMetadata object : objects) {
            object.getMetadata().setOwnerReferences(List.of()); // there is no GatewayConfig
            apply(object);
        }
        node.kubectl().run("rollout", "status", "deployment/main", "--timeout=90s");
    }

    Revision revision() {
        return live.revision();
    }

    /// Those that are not told to end.
    List<Pod> pods() {
        return node
                .client()
                .pods()
                .withLabel("llm-gateway.dev/gateway", "main")
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    boolean exists(Pod pod) {
        return node.client().resource(pod).get() != null;
    }

    /// The Service's address.
    String service() {
        return Objects.requireNonNull(
                node.client().services().withName("main").get().getSpec().getClusterIP());
    }

    /// What `curl` prints, from inside the node's network.
    String curl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "--max-time", "60"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(node.inNetwork(command)).redirectErrorStream(true).start();
            process.getOutputStream().close();
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                return output.readAllAsString();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private GatewayPlan plan(String manifests) {
        var set = ManifestReader.read("test", manifests).manifests();
        var compilation = Compiler.compile(set, Instant.now(), CompileOptions.CLUSTER);
        GatewayPlan plan = compilation.plans().get(gateway);
        if (plan == null || compilation.hasErrors()) {
            throw new AssertionError(compilation.diagnostics().toString());
        }
        return plan;
    }

    private void apply(HasMetadata object) {
        node.client().resource(object).forceConflicts().serverSideApply();
    }
}
