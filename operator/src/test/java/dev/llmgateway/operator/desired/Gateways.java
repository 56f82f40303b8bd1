package dev.llmgateway.operator.desired;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.resource.GatewayConfig;
import dev.llmgateway.crds.resource.LenientReading;
import dev.llmgateway.fixtures.process.Repository;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The GatewayConfigs beside the golden files.
final class Gateways {
    static final Path FOLDER = Repository.root().resolve("operator/src/test/resources/desired");
    static final KubernetesSerialization YAML =
            new KubernetesSerialization(LenientReading.configure(new ObjectMapper()), true);

    private Gateways() {}

    /// Such as `minimal` for `in-minimal.yaml`.
    static List<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith("in-"))
                    .map(file -> file.substring("in-".length(), file.length() - ".yaml".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GatewayFacts facts(String name, String namespace) {
        try {
            String text = Files.readString(FOLDER.resolve("in-" + name + ".yaml"));
            GatewayConfig gateway = YAML.unmarshal(text, GatewayConfig.class);
            return new GatewayFacts(
                    new ObjectRef(namespace, gateway.getMetadata().getName()),
                    "11111111-2222-3333-4444-555555555555",
                    gateway.getSpec(),
                    new TreeSet<>(List.of(443, 8443)),
                    new GatewayFacts.Operator(
                            "llm-gateway", "localhost/llm-gateway:0.1.0", OptionalLong.empty()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
