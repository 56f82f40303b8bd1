package dev.llmgateway.crds.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.api.GatewayKeySpec;
import dev.llmgateway.crds.api.UpstreamAccountSpec;
import dev.llmgateway.crds.api.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Documents that are right.
class ManifestReaderTest {
    @Test
    void theExamplesOfTheSpecificationAreReadFieldByField() throws IOException {
        ReadResult result = ManifestReader.read("all.yaml", resource("all-fields.yaml"));

        assertThat(result.problems()).isEmpty();
        assertThat(result.syntaxError()).isFalse();
        UpstreamAccountSpec account = result.manifests().accounts().getFirst().spec();
        assertThat(account.displayName()).isEqualTo("生产账号");
        assertThat(account.provider()).isEqualTo(UpstreamAccountSpec.Provider.Anthropic);
        assertThat(account.formats()).containsExactly(WireFormat.Messages, WireFormat.CountTokens);
        assertThat(account.health().cooldown().max()).isEqualTo("5m");
        GatewayKeySpec key = result.manifests().keys().getFirst().spec();
        assertThat(key.budgets().getFirst().limit()).isEqualTo(50_000_000L);
        assertThat(key.expiresAt()).isEqualTo("2027-01-01T00:00:00Z");
        GatewayConfigSpec gateway = result.manifests().gateways().getFirst().spec();
        assertThat(gateway.modelRoutes().getFirst().targets()).hasSize(2);
        assertThat(gateway.deployment().podTemplate())
                .containsEntry("nodeSelector", Map.of("pool", "llm"));
        assertThat(gateway.deployment().networkPolicy().extraEgress().getFirst().fields())
                .isEqualTo(Map.of("ports", List.of(Map.of("port", 6379))));
    }

    @Test
    void metadataIsReadAndItsGapsAreFilled() {
        ReadResult result =
                ManifestReader.read(
                        "k.yaml",
                        """
                        apiVersion: llm-gateway.dev/v1alpha1
                        kind: GatewayKey
                        metadata:
                          name: k
                          uid: from-the-cluster
                          creationTimestamp: 2026-01-02T03:04:05Z
                          labels: {team: a}
                          annotations: {note: b}
                          resourceVersion: "7"
                          managedFields: [{manager: kubectl}]
                        spec: {source: {generate: {secretName: s}}}
                        status: {anything: goes}
                        """);

        assertThat(result.problems()).isEmpty();
        Manifest<GatewayKeySpec> key = result.manifests().keys().getFirst();
        assertThat(key.namespace()).isEqualTo("default");
        assertThat(key.uid()).isEqualTo("GatewayKey/default/k");
        assertThat(key.creationTimestamp()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(key.labels()).isEqualTo(Map.of("team", "a"));
        assertThat(key.annotations()).isEqualTo(Map.of("note", "b"));
        assertThat(key.source()).hasToString("k.yaml:1");
    }

    @Test
    void documentsAreCountedFromOneAndEmptyOnesToo() {
        ReadResult result =
                ManifestReader.read(
                        "f.yaml",
                        """
                        # only a comment
                        ---
                        ---
                        %s
                        ---
                        # another comment
                        ---
                        %s
                        """
                                .formatted(account("a"), account("b")));

        assertThat(result.problems()).isEmpty();
        assertThat(result.manifests().accounts())
                .extracting(found -> found.name() + " " + found.source())
                .containsExactly("a f.yaml:2", "b f.yaml:4");
    }

    @Test
    void nothingAtAllIsAnEmptySet() {
        for (String text : List.of("", "\n\n", "# comment\n", "---\n", "---\n...\n", "\uFEFF")) {
            ReadResult result = ManifestReader.read("f.yaml", text);

            assertThat(result).isEqualTo(new ReadResult(ManifestSet.EMPTY, List.of(), false));
        }
    }

    @Test
    void windowsLineEndsAndAByteOrderMarkAreFine() {
        ReadResult result =
                ManifestReader.read("f.yaml", "\uFEFF" + account("a").replace("\n", "\r\n"));

        assertThat(result.problems()).isEmpty();
        assertThat(result.manifests().accounts()).hasSize(1);
    }

    @Test
    void aliasesAreResolved() {
        ReadResult result =
                ManifestReader.read(
                        "f.yaml",
                        """
                        apiVersion: llm-gateway.dev/v1alpha1
                        kind: GatewayKey
                        metadata: {name: k, labels: &labels {team: a}, annotations: *labels}
                        spec: {source: {generate: {secretName: s}}}
                        """);

        assertThat(result.problems()).isEmpty();
        assertThat(result.manifests().keys().getFirst().annotations())
                .isEqualTo(Map.of("team", "a"));
    }

    @Test
    void aNullFieldIsAnAbsentField() {
        ReadResult result =
                ManifestReader.read(
                        "f.yaml", account("a") + "  pool:\n  weight: ~\n  models: null\n");

        assertThat(result.problems()).isEmpty();
        assertThat(result.manifests().accounts().getFirst().spec().pool()).isEqualTo("default");
        assertThat(result.manifests().accounts().getFirst().spec().weight()).isEqualTo(100);
    }

    @Test
    void aSecretIsDecodedAndStringDataStandsOverData() {
        ReadResult result =
                ManifestReader.read(
                        "s.yaml",
                        """
                        apiVersion: v1
                        kind: Secret
                        type: Opaque
                        metadata: {name: s, namespace: team, labels: {llm-gateway.dev/credentials: "true"}}
                        data:
                          a: c2stb25l
                          b: |
                            c2st
                            dHdv
                        stringData: {a: sk-three}
                        """);

        assertThat(result.problems()).isEmpty();
        SecretDocument secret = result.manifests().secrets().getFirst();
        assertThat(secret.values()).isEqualTo(Map.of("a", "sk-three", "b", "sk-two"));
        assertThat(secret.labels()).containsEntry("llm-gateway.dev/credentials", "true");
        assertThat(result.toString()).doesNotContain("sk-").contains("team/s");
    }

    @Test
    void configMapsAndNamespacesAreRead() {
        ReadResult result =
                ManifestReader.read(
                        "c.yaml",
                        """
                        {apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {k: v}, binaryData: {b: AAE=}}
                        ---
                        {apiVersion: v1, kind: Namespace, metadata: {name: team, labels: {llm: "true"}}, spec: {}}
                        """);

        assertThat(result.problems()).isEmpty();
        assertThat(result.manifests().configMaps().getFirst().data()).isEqualTo(Map.of("k", "v"));
        assertThat(result.manifests().namespaces())
                .containsExactly(new NamespaceDocument("team", Map.of("llm", "true")));
    }

    @Test
    void aListIsItsItems() {
        ReadResult result =
                ManifestReader.read(
                        "l.yaml",
                        """
                        apiVersion: v1
                        kind: List
                        metadata: {resourceVersion: ""}
                        items:
                        - {apiVersion: v1, kind: Namespace, metadata: {name: one}}
                        - {apiVersion: v1, kind: Namespace, metadata: {nmae: two}}
                        - {apiVersion: v1, kind: Namespace, metadata: {name: x, name: y}}
                        - {apiVersion: v1, kind: Namespace, metadata: {name: four}}
                        """);

        assertThat(result.manifests().namespaces())
                .extracting(NamespaceDocument::name)
                .containsExactly("one", "four");
        assertThat(result.problems())
                .extracting(ReadProblem::toString)
                .containsExactly(
                        "l.yaml:1:items[1].metadata.nmae: unknown field \"nmae\"; did you mean \"name\"?",
                        "l.yaml:1:items[1].metadata.name: required field is missing",
                        "l.yaml:1:items[2].metadata.name: duplicate field");
    }

    @Test
    void objectsOfOtherApiGroupsAreSkipped() {
        ReadResult result =
                ManifestReader.read(
                        "o.yaml",
                        """
                        {apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {anything: 1}}
                        ---
                        {apiVersion: v1, kind: Service, metadata: {name: s}}
                        ---
                        {apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization}
                        """);

        assertThat(result).isEqualTo(new ReadResult(ManifestSet.EMPTY, List.of(), false));
    }

    @Test
    void setsAreJoinedInOrder() {
        ManifestSet one = ManifestReader.read("1", account("a")).manifests();
        ManifestSet two = ManifestReader.read("2", account("a")).manifests();

        assertThat(one.merge(two).accounts())
                .extracting(Manifest::source)
                .containsExactly(new Source("1", 1), new Source("2", 1));
        assertThat(ManifestSet.EMPTY.merge(one)).isEqualTo(one);
    }

    static String account(String name) {
        return """
        apiVersion: llm-gateway.dev/v1alpha1
        kind: UpstreamAccount
        metadata: {name: %s}
        spec:
          provider: Simulated
        """
                .formatted(name);
    }

    private static String resource(String name) throws IOException {
        try (InputStream file = ManifestReaderTest.class.getResourceAsStream(name)) {
            assertThat(file).as(name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
