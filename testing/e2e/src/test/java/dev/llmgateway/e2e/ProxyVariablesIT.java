package dev.llmgateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.GatewayProcess;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A proxy is what a manifest names; the environment of the process has no say.
class ProxyVariablesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void the_environment_names_no_proxy(@TempDir Path folder) throws IOException {
        try (var proxy = FaultUpstream.always(Script.json(418, "{}"));
                var upstream = FaultUpstream.always(Script.json(200, "{}"))) {
            Map<String, String> variables =
                    Stream.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
                            .flatMap(name -> Stream.of(name, name.toLowerCase(Locale.ROOT)))
                            .collect(
                                    Collectors.toMap(
                                            name -> name, _ -> proxy.address().toString()));
            Path manifests =
                    LoadUpstream.before(Manifests.simulated(folder), upstream.address(), "")
                            .folder();
            try (var gateway = GatewayProcess.ready(manifests, variables);
                    RawClient client = RawClient.connect(gateway.data(), PATIENCE)) {

                client.request(
                        "POST /v1/chat/completions HTTP/1.1",
                        PacedLoad.fields(),
                        PacedLoad.body("any", false));

                assertThat(client.response().status()).isEqualTo(200);
                assertThat(upstream.received()).hasSize(1);
                assertThat(proxy.ledger()).isEmpty();
            }
        }
    }
}
