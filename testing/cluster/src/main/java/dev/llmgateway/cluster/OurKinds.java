package dev.llmgateway.cluster;

import dev.llmgateway.fixtures.process.Repository;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Our CRDs, applied before any test: the garbage collector looks for new kinds only every 30 s.
final class OurKinds {
    private static final Path CHART = Path.of("charts/llm-gateway/crds-src");
    private static final long PATIENCE_SECONDS = 30;

    /// Field manager, as whoever installs the chart.
    private static final PatchContext APPLY =
            new PatchContext.Builder()
                    .withPatchType(PatchType.SERVER_SIDE_APPLY)
                    .withFieldManager("llm-gateway-tests")
                    .withForce(true)
                    .build();

    private OurKinds() {}

    /// Returns when the API server serves them.
    static void apply(KubernetesClient client) {
        List<HasMetadata> kinds = files().stream().map(file -> read(client, file)).toList();
        kinds.forEach(kind -> client.resource(kind).patch(APPLY));
        kinds.forEach(kind ->
                client.resources(CustomResourceDefinition.class)
                        .withName(kind.getMetadata().getName())
                        .waitUntilCondition(
                                OurKinds::isServed, PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    private static boolean isServed(CustomResourceDefinition kind) {
        return kind != null
                && kind.getStatus() != null
                && kind.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                condition.getType().equals("Established")
                                        && condition.getStatus().equals("True"));
    }

    private static List<Path> files() {
        try (Stream<Path> files = Files.list(Repository.root().resolve(CHART))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HasMetadata read(KubernetesClient client, Path file) {
        try {
            return client.getKubernetesSerialization()
                    .unmarshal(Files.readString(file), CustomResourceDefinition.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
