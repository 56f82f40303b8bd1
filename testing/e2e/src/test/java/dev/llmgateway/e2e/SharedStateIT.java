package dev.llmgateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.fixtures.process.GatewayProcess;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes that share nothing but a folder find each other's responses, and nobody else does.
class SharedStateIT {
    private static final String STRANGER = "another-key-0123456789abcdef";

    @Test
    void a_response_goes_on_at_any_process_and_for_no_other_namespace(@TempDir Path folder)
            throws Exception {
        try (ScriptedVendor vendor = new ScriptedVendor()) {
            vendor.manifests(folder);
            Manifests manifests = new Manifests(folder);
            manifests.write(
                    "responses.yaml",
                    manifests.read("responses.yaml")
                            + "  allowedConsumers: {namespaces: {from: All}}\n");
            manifests.write(
                    "gateway.yaml",
                    manifests.read("gateway.yaml") + "  allowedKeys: {namespaces: {from: All}}\n");
            manifests.write(
                    "stranger.yaml",
                    Manifests.object(
                                    "GatewayKey",
                                    "stranger",
                                    Manifests.key(STRANGER)
                                            + "\ngatewayRef: {name: main, namespace: default}"
                                            + "\npermissions: {accountNamespaces: {from: All}}")
                            .replace("{name: stranger}", "{name: stranger, namespace: other}"));
            try (GatewayProcess one = GatewayProcess.ready(folder);
                    GatewayProcess two = GatewayProcess.ready(folder);
                    GatewayProcess three = GatewayProcess.ready(folder)) {
                String id = ask(one, Manifests.KEY, "text", "").path("id").asText();

                assertThat(id).matches("resp_[0-9a-f]{20}_resp_a1");
                assertThat(Files.readString(folder.resolve(".llm-gateway/id-key"))).hasSize(65);
                for (GatewayProcess each : List.of(one, two, three)) {
                    JsonNode next = ask(each, Manifests.KEY, "echo", id);
                    JsonNode sent = Api.json(next.at("/output/0/content/0/text").asText());
                    assertThat(sent.path("previous_response_id").asText()).isEqualTo("resp_a1");
                    assertThat(ask(each, STRANGER, "text", "").path("id").asText())
                            .endsWith("_resp_a1")
                            .isNotEqualTo(id);
                    assertThat(ask(each, STRANGER, "echo", id).at("/error/param").asText())
                            .isEqualTo("previous_response_id");
                }
            }
        }
    }

    /// @param previous id of a response that it goes on with; empty: none
    private static JsonNode ask(
            GatewayProcess gateway, String key, String scenario, String previous) {
        String goesOn = previous.isEmpty() ? "" : ",\"previous_response_id\":\"" + previous + "\"";
        HttpResponse<String> reply =
                Api.post(
                        gateway.data(),
                        "/v1/responses",
                        "x-api-key",
                        key,
                        "{\"model\":\"o4-mini-" + scenario + "\",\"input\":\"Hi\"" + goesOn + "}");
        return Api.json(reply.body());
    }
}
