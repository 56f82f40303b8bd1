package dev.llmgateway.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.compile.CompileOptions;
import dev.llmgateway.crds.compile.Compiler;
import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.plan.GatewayPlan;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UpstreamPortsTest {
    private static final String GATEWAY =
            """
            apiVersion: llm-gateway.dev/v1alpha1
            kind: GatewayConfig
            metadata: {name: main}
            spec: {egress: {allowPrivateNetworks: true}, simulation: {enabled: true}}
            """;

    private static final String ACCOUNT =
            """
            ---
            apiVersion: llm-gateway.dev/v1alpha1
            kind: UpstreamAccount
            metadata: {name: %s}
            spec: {provider: OpenAICompatible, formats: [ChatCompletions], models: [{name: "*"}], auth: {none: {}}, baseURL: "%s"%s}
            """;

    @Test
    void portsAreThoseWrittenOrOfTheScheme() {
        GatewayPlan plan =
                plan(
                        ACCOUNT.formatted("tls", "https://models.example", "")
                                + ACCOUNT.formatted("clear", "http://models.local/v1", "")
                                + ACCOUNT.formatted("written", "http://models.local:8000", ""));

        assertThat(UpstreamPorts.of(plan)).containsExactly(80, 443, 8000);
    }

    @Test
    void proxiesOfAccountsCount() {
        GatewayPlan plan =
                plan(
                        ACCOUNT.formatted(
                                "behind",
                                "https://models.example",
                                ", egress: {httpsProxy: \"http://proxy.local:3128\"}"));

        assertThat(UpstreamPorts.of(plan)).containsExactly(443, 3128);
    }

    @Test
    void aSimulatedAccountNeedsNoPort() {
        GatewayPlan plan =
                plan(
                        """
                        ---
                        apiVersion: llm-gateway.dev/v1alpha1
                        kind: UpstreamAccount
                        metadata: {name: simulated}
                        spec: {provider: Simulated}
                        """);

        assertThat(UpstreamPorts.of(plan)).isEmpty();
    }

    private static GatewayPlan plan(String accounts) {
        var set = ManifestReader.read("test", GATEWAY + accounts).manifests();
        var compilation = Compiler.compile(set, Instant.EPOCH, CompileOptions.CLUSTER);
        assertThat(compilation.hasErrors()).as(compilation.diagnostics().toString()).isFalse();
        return compilation.plans().values().iterator().next();
    }
}
