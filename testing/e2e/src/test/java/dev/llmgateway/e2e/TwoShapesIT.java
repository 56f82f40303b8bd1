package dev.llmgateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.fixtures.process.GatewayProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The two curl examples of the earlier product: one path, and the credential says which family
/// asks.
class TwoShapesIT {
    @Test
    void onePathAnswersEachFamilyInItsOwnShape(@TempDir Path folder) {
        Manifests.simulated(folder);
        try (GatewayProcess gateway = GatewayProcess.ready(folder)) {
            JsonNode chat = curl(gateway, "Authorization: Bearer " + Manifests.KEY);
            JsonNode message = curl(gateway, "x-api-key: " + Manifests.KEY);

            assertThat(chat.path("object").asText()).isEqualTo("chat.completion");
            assertThat(chat.at("/choices/0/message/content").asText()).contains("Hello");
            assertThat(message.path("type").asText()).isEqualTo("message");
            assertThat(message.at("/content/0/text").asText()).contains("Hello");
        }
    }

    private static JsonNode curl(GatewayProcess gateway, String credential) {
        List<String> command =
                List.of(
                        "curl",
                        "--silent",
                        "--show-error",
                        "--fail-with-body",
                        gateway.data() + "/v1/messages",
                        "-H",
                        credential,
                        "-H",
                        "Content-Type: application/json",
                        "-d",
                        Api.question("simulated-echo", "Hello", false));
        Child child = Child.run(command, Map.of(), Duration.ofSeconds(30));
        assertThat(child.exit()).as(child.output()).isZero();
        return Api.json(child.output());
    }
}
