package dev.llmgateway.crds.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.manifest.ReadResult;
import org.junit.jupiter.api.Test;

/// Defaults that depend on where a record stands.
class SpecDefaultsTest {
    @Test
    void consentDefaultsToTheOwnNamespaceWithItsOwnCaps() {
        GatewayConfigSpec spec = gateway("{}");

        assertThat(spec.allowedAccounts().namespaces().from())
                .isEqualTo(NamespaceConsent.From.Same);
        assertThat(spec.allowedAccounts().maxPerNamespace()).isEqualTo(50);
        assertThat(spec.allowedKeys().maxPerNamespace()).isEqualTo(500);
        assertThat(spec.trustedAccounts()).isEqualTo(NamespaceConsent.SAME);
    }

    @Test
    void aCapThatIsGivenStays() {
        GatewayConfigSpec spec =
                gateway(
                        "{allowedKeys: {maxPerNamespace: 7}, allowedAccounts: {namespaces: {from: All}}}");

        assertThat(spec.allowedKeys().maxPerNamespace()).isEqualTo(7);
        assertThat(spec.allowedAccounts().maxPerNamespace()).isEqualTo(50);
        assertThat(spec.allowedAccounts().namespaces().from()).isEqualTo(NamespaceConsent.From.All);
    }

    @Test
    void replicasAreTwoUnlessAutoscalingDecides() {
        assertThat(gateway("{}").deployment().replicas()).isEqualTo(2);
        assertThat(gateway("{deployment: {replicas: 0}}").deployment().replicas()).isZero();

        assertThat(gateway("{deployment: {autoscaling: {maxReplicas: 9}}}").deployment().replicas())
                .isNull();
    }

    @Test
    void aGatewayFillsItsTimeoutsAndAnAccountLeavesGapsForTheGateway() {
        Timeouts gateway = gateway("{timeouts: {firstByte: 30s}}").timeouts();
        Timeouts account = new Timeouts(null, "7s", null, null, null, null, "1h");

        assertThat(gateway).isEqualTo(new Timeouts("5s", "5s", "30s", "10m", "90s", "10m", null));
        assertThat(account.over(gateway))
                .isEqualTo(new Timeouts("5s", "7s", "30s", "10m", "90s", "10m", "1h"));
    }

    @Test
    void anExplicitlyEmptyListIsNotTheDefault() {
        assertThat(gateway("{observability: {metricLabels: []}}").observability().metricLabels())
                .isEmpty();
        assertThat(gateway("{}").observability().metricLabels())
                .containsExactly("namespace", "owner", "pool", "account");
    }

    private static GatewayConfigSpec gateway(String spec) {
        ReadResult result =
                ManifestReader.read(
                        "g.yaml",
                        "{apiVersion: llm-gateway.dev/v1alpha1, kind: GatewayConfig, metadata: {name: main}, spec: "
                                + spec
                                + "}");
        assertThat(result.problems()).isEmpty();
        return result.manifests().gateways().getFirst().spec();
    }
}
