package dev.llmgateway.cluster.crd;

import dev.llmgateway.fixtures.process.Repository;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// One CRD as it lies in the chart.
record CrdFile(Path path, CustomResourceDefinition crd) {
    private static final Path CHART = Path.of("charts/llm-gateway/crds-src");

    static List<CrdFile> all() {
        try (Stream<Path> files = Files.list(Repository.root().resolve(CHART))) {
            return files.sorted().map(CrdFile::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String plural() {
        return crd.getSpec().getNames().getPlural();
    }

    /// Messages of all CEL rules, each once.
    Set<String> rules() {
        Set<String> messages = new TreeSet<>();
        crd.getSpec()
                .getVersions()
                .forEach(version -> collect(version.getSchema().getOpenAPIV3Schema(), messages));
        return messages;
    }

    private static void collect(JSONSchemaProps schema, Set<String> messages) {
        schema.getXKubernetesValidations().forEach(rule -> messages.add(rule.getMessage()));
        schema.getProperties().values().forEach(property -> collect(property, messages));
        if (schema.getItems() != null) {
            collect(schema.getItems().getSchema(), messages);
        }
        if (schema.getAdditionalProperties() != null) {
            collect(schema.getAdditionalProperties().getSchema(), messages);
        }
    }

    private static CrdFile read(Path file) {
        try {
            return new CrdFile(
                    file,
                    new KubernetesSerialization()
                            .unmarshal(Files.readString(file), CustomResourceDefinition.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
