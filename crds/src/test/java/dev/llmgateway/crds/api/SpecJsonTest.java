package dev.llmgateway.crds.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmgateway.crds.manifest.Manifest;
import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.manifest.ManifestSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The operator reads specs with Jackson, a folder with `ManifestReader`: both must say the same.
class SpecJsonTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void jacksonAndTheManifestReaderBuildTheSameRecords() throws IOException {
        String yaml = allFields();
        ManifestSet read = ManifestReader.read("all.yaml", yaml).manifests();
        List<Object> specs = new ArrayList<>();

        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
            specs.add(((Map<?, ?>) document).get("spec"));
        }

        assertThat(JSON.convertValue(specs.get(0), UpstreamAccountSpec.class))
                .isEqualTo(only(read.accounts()));
        assertThat(JSON.convertValue(specs.get(1), GatewayKeySpec.class))
                .isEqualTo(only(read.keys()));
        assertThat(JSON.convertValue(specs.get(2), GatewayConfigSpec.class))
                .isEqualTo(only(read.gateways()));
    }

    @Test
    void aSpecSurvivesTheWayThroughJson() throws IOException {
        ManifestSet read = ManifestReader.read("all.yaml", allFields()).manifests();
        GatewayConfigSpec gateway = only(read.gateways());
        UpstreamAccountSpec account = only(read.accounts());

        assertThat(JSON.readValue(JSON.writeValueAsBytes(gateway), GatewayConfigSpec.class))
                .isEqualTo(gateway);
        assertThat(JSON.readValue(JSON.writeValueAsBytes(account), UpstreamAccountSpec.class))
                .isEqualTo(account);
    }

    @Test
    void listsThatMayNotBeEmptyAreLeftOutOfTheJson() throws IOException {
        GatewayKeySpec key =
                JSON.readValue(
                        "{\"source\":{\"generate\":{\"secretName\":\"s\"}}}", GatewayKeySpec.class);
        UpstreamAccountSpec account =
                JSON.readValue("{\"provider\":\"Simulated\"}", UpstreamAccountSpec.class);

        assertThat(JSON.writeValueAsString(key)).doesNotContain("hashes").doesNotContain("formats");
        assertThat(JSON.writeValueAsString(account)).doesNotContain("formats");
    }

    private static <S> S only(List<Manifest<S>> manifests) {
        assertThat(manifests).hasSize(1);
        return manifests.getFirst().spec();
    }

    private static String allFields() throws IOException {
        try (InputStream file = Manifest.class.getResourceAsStream("all-fields.yaml")) {
            assertThat(file).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
