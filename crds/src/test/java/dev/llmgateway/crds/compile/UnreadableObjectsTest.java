package dev.llmgateway.crds.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.Source;
import dev.llmgateway.crds.manifest.UnreadableObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Objects that a newer cluster holds and this release cannot read.
class UnreadableObjectsTest {
    private static final String GATEWAY_AND_KEY =
            """
            {apiVersion: llm-gateway.dev/v1alpha1, kind: GatewayConfig, metadata: {name: main}, spec: {}}
            ---
            apiVersion: llm-gateway.dev/v1alpha1
            kind: GatewayKey
            metadata: {name: k}
            spec: {source: {hashes: ["sha256:%s"]}}
            """
                    .formatted("a".repeat(64));

    @Test
    void theyAreLeftOutAndNamed() {
        Compilation compilation =
                compile(GATEWAY_AND_KEY, unreadable("UpstreamAccount", "spec.provider"));

        assertThat(compilation.diagnostics())
                .filteredOn(found -> found.kind().equals("UpstreamAccount"))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.severity()).isEqualTo(Severity.Error);
                    assertThat(found.reason()).isEqualTo(Reason.UnsupportedValue);
                    assertThat(found).hasToString("cluster:1:spec.provider: unknown value \"New\"");
                });
        assertThat(keys(compilation)).isOne();
    }

    @Test
    void anUnreadableGatewayIsStillOneOfItsNamespace() {
        Compilation compilation =
                compile(GATEWAY_AND_KEY, unreadable("GatewayConfig", "spec.usage.failureMode"));

        assertThat(keys(compilation)).isZero();
        assertThat(compilation.diagnostics())
                .filteredOn(found -> found.kind().equals("GatewayKey"))
                .extracting(Diagnostic::message)
                .anyMatch(message -> message.contains("several GatewayConfigs"));
    }

    @Test
    void whoNamesAnUnreadableGatewayIsToldThatItIsInvalid() {
        String key =
                GATEWAY_AND_KEY.replace(
                        "spec: {source", "spec: {gatewayRef: {name: other}, source");

        Compilation compilation =
                compile(key, unreadable("GatewayConfig", "spec.usage.failureMode"));

        assertThat(compilation.diagnostics())
                .extracting(Diagnostic::message)
                .contains("GatewayConfig default/other is invalid and left out");
    }

    private static UnreadableObject unreadable(String kind, String path) {
        return new UnreadableObject(
                new Source("cluster", 1), kind, "default", "other", path, "unknown value \"New\"");
    }

    private static Compilation compile(String manifests, UnreadableObject unreadable) {
        ManifestSet none = ManifestSet.EMPTY;
        ManifestSet other =
                new ManifestSet(
                        none.gateways(),
                        none.accounts(),
                        none.keys(),
                        none.secrets(),
                        none.configMaps(),
                        none.namespaces(),
                        List.of(unreadable));
        return Compiler.compile(
                ManifestReader.read("m.yaml", manifests).manifests().merge(other), Instant.EPOCH);
    }

    private static int keys(Compilation compilation) {
        return compilation.plans().values().stream().mapToInt(plan -> plan.keys().size()).sum();
    }
}
