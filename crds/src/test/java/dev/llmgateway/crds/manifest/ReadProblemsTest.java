package dev.llmgateway.crds.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Documents that are wrong: the exact words.
class ReadProblemsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "providr: OpenAI | spec.providr: unknown field \"providr\"; did you mean \"provider\"?",
                "baseUrl: x | spec.baseUrl: unknown field \"baseUrl\"; did you mean \"baseURL\"?",
                "pool: 7 | spec.pool: expected text, found a number; put it in quotes",
                "pool: true | spec.pool: expected text, found a boolean; put it in quotes",
                "pool: [a] | spec.pool: expected text, found a list",
                "priority: high | spec.priority: expected a whole number, found text",
                "priority: 1.5 | spec.priority: expected a whole number, found a decimal number",
                "priority: 3000000000 | spec.priority: the number is out of range",
                "priority: 99999999999999999999 | spec.priority: the number is out of range",
                "suspended: yes | spec.suspended: expected true or false, found text",
                "models: {name: x} | spec.models: expected a list, found a mapping",
                "models: [{name: a}, x] | spec.models[1]: expected a mapping, found text",
                "models: [{name: a}, null] | spec.models[1]: expected a mapping, found nothing",
                "models: [{name: a}, {name: b}, {nam: c, name: d}] | spec.models[2].nam: unknown field \"nam\"; did you mean \"name\"?",
                "models: [{upstream: c}] | spec.models[0].name: required field is missing",
                "health: 5 | spec.health: expected a mapping, found a number",
                "formats: [Mesages] | spec.formats[0]: unknown value \"Mesages\"; did you mean \"Messages\"? Valid: ChatCompletions, Messages, Responses, Completions, Embeddings, CountTokens, Models",
                "formats: [messages] | spec.formats[0]: unknown value \"messages\"; did you mean \"Messages\"? Valid: ChatCompletions, Messages, Responses, Completions, Embeddings, CountTokens, Models",
                "capacity: {tpm: 5} | spec.capacity.tpm: unknown field \"tpm\"; valid: requestsPerMinute, tokensPerMinute, maxConcurrent",
                "auth: {none: {x: 1}} | spec.auth.none.x: unknown field \"x\"; no field is valid here",
                "auth: {apiKey: {secretRef: {name: a}}} | spec.auth.apiKey.secretRef.key: required field is missing",
                "auth: {apiKey: {secretRef: {name: a, key: k, namespace: b}}} | spec.auth.apiKey.secretRef.namespace: unknown field \"namespace\"; valid: name, key",
                "pool: a, pool: b | spec.pool: duplicate field",
                "1: a | spec: a field name must be text; put it in quotes",
                "{a: b}: c | spec: a field name must be text; put it in quotes",
                "pool: !mine x | spec.pool: the tag !mine is not read",
            })
    void aWrongFieldIsNamedByItsPath(String fields, String problem) {
        ReadResult result =
                ManifestReader.read(
                        "dir/f.yaml",
                        account("good")
                                + "---\n"
                                + "{apiVersion: llm-gateway.dev/v1alpha1, kind: UpstreamAccount, metadata: {name: bad},"
                                + " spec: {provider: Simulated, "
                                + fields
                                + "}}");

        assertThat(texts(result)).containsExactly("dir/f.yaml:2:" + problem);
        assertThat(result.syntaxError()).isFalse();
        assertThat(result.manifests().accounts())
                .extracting(Manifest::name)
                .containsExactly("good");
    }

    @Test
    void allProblemsOfADocumentAreReportedAtOnce() {
        ReadResult result =
                ManifestReader.read(
                        "f.yaml",
                        """
                        apiVersion: llm-gateway.dev/v1alpha1
                        kind: UpstreamAccount
                        metadata: {namspace: team, labels: {a: true}}
                        spc: {}
                        spec: {providr: OpenAI, weight: heavy}
                        """);

        assertThat(texts(result))
                .containsExactly(
                        "f.yaml:1:spc: unknown field \"spc\"; did you mean \"spec\"?",
                        "f.yaml:1:metadata.namspace: unknown field \"namspace\"; did you mean \"namespace\"?",
                        "f.yaml:1:metadata.name: required field is missing",
                        "f.yaml:1:metadata.labels.a: expected text, found a boolean; put it in quotes",
                        "f.yaml:1:spec.providr: unknown field \"providr\"; did you mean \"provider\"?",
                        "f.yaml:1:spec.provider: required field is missing",
                        "f.yaml:1:spec.weight: expected a whole number, found text");
        assertThat(result.manifests()).isEqualTo(ManifestSet.EMPTY);
    }

    @Test
    void aFloodOfProblemsIsCutShort() {
        ReadResult result =
                ManifestReader.read(
                        "f.yaml",
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n"
                                + IntStream.range(0, 5_000)
                                        .mapToObj(i -> "  k" + i + ": 1\n")
                                        .collect(Collectors.joining()));

        assertThat(result.problems()).hasSize(101);
        assertThat(result.problems().getLast())
                .hasToString("f.yaml:1: further problems are not told");
    }

    @Test
    void aMissingSpecIsAnEmptyOne() {
        assertThat(texts(read("llm-gateway.dev/v1alpha1", "UpstreamAccount")))
                .containsExactly("f.yaml:1:spec.provider: required field is missing");
        assertThat(read("llm-gateway.dev/v1alpha1", "GatewayConfig").manifests().gateways())
                .hasSize(1);
    }

    private static final String ACCEPTED =
            "; accepted: llm-gateway.dev/v1alpha1 UpstreamAccount, GatewayKey, GatewayConfig;"
                    + " v1 Secret, ConfigMap, Namespace, List";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "llm-gateway.dev/v1alpha1 | UpstreamAcount | kind: unknown kind \"UpstreamAcount\"; did you mean \"UpstreamAccount\"?",
                "llm-gateway.dev/v1alpha1 | Gateway | kind: unknown kind \"Gateway\"ACCEPTED",
                "llm-gateway.dev/v1 | GatewayKey | apiVersion: unknown apiVersion \"llm-gateway.dev/v1\"ACCEPTED",
                "llm-gatway.dev/v1alpha1 | Gateways | apiVersion: unknown apiVersion \"llm-gatway.dev/v1alpha1\"ACCEPTED",
                "example.com/v1 | GatewayKey | apiVersion: unknown apiVersion \"example.com/v1\"ACCEPTED",
                "v2 | Secret | apiVersion: unknown apiVersion \"v2\"ACCEPTED",
                "v1 | Secrets | kind: unknown kind \"Secrets\"; did you mean \"Secret\"?",
                "v1 | GatewayKey | kind: unknown kind \"GatewayKey\"ACCEPTED",
            })
    void anUnknownKindOfOursIsNamedWithTheAcceptedOnes(
            String apiVersion, String kind, String problem) {
        assertThat(texts(read(apiVersion, kind)))
                .containsExactly("f.yaml:1:" + problem.replace("ACCEPTED", ACCEPTED));
    }

    @Test
    void aDocumentThatIsNoObjectIsNamed() {
        ReadResult result =
                ManifestReader.read("f.yaml", "just text\n---\n[1]\n---\n{kind: Secret}\n---\n{}");

        assertThat(texts(result))
                .containsExactly(
                        "f.yaml:1: expected a Kubernetes object, found text",
                        "f.yaml:2: expected a Kubernetes object, found a list",
                        "f.yaml:3:apiVersion: required field is missing" + ACCEPTED,
                        "f.yaml:4:apiVersion: required field is missing" + ACCEPTED,
                        "f.yaml:4:kind: required field is missing" + ACCEPTED);
    }

    @Test
    void aWrongSecretIsNamedWithoutItsValue() {
        ReadResult result =
                ManifestReader.read(
                        "f.yaml",
                        """
                        apiVersion: v1
                        kind: Secret
                        metadata: {name: s}
                        stringdata: {x: sk-hidden}
                        data: {a: sk-hidden!, b: /w==, c: 12345}
                        """);

        assertThat(texts(result))
                .containsExactly(
                        "f.yaml:1:stringdata: unknown field \"stringdata\"; did you mean \"stringData\"?",
                        "f.yaml:1:data.c: expected text, found a number; put it in quotes",
                        "f.yaml:1:data.a: is not base64; plain text belongs into stringData",
                        "f.yaml:1:data.b: is not UTF-8 text once decoded");
        assertThat(result.toString()).doesNotContain("hidden");
        assertThat(result.manifests().secrets()).isEmpty();
    }

    @Test
    void aWrongConfigMapIsNamed() {
        ReadResult result =
                ManifestReader.read(
                        "f.yaml",
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: {b: c}}}");

        assertThat(texts(result))
                .containsExactly("f.yaml:1:data.a: expected text, found a mapping");
    }

    @Test
    void textThatIsNotYamlIsASyntaxErrorWithLineAndColumn() {
        ReadResult result =
                ManifestReader.read(
                        "f.yaml", account("good") + "---\nstringData: {key: sk-hidden}\n a: [\n");

        assertThat(result.syntaxError()).isTrue();
        assertThat(result.manifests()).isEqualTo(ManifestSet.EMPTY);
        assertThat(texts(result))
                .singleElement()
                .asString()
                .startsWith("f.yaml:2: line 8, column 2: ")
                .doesNotContain("hidden");
    }

    @Test
    void anUndefinedAliasIsASyntaxError() {
        ReadResult result = ManifestReader.read("f.yaml", "a: *nobody");

        assertThat(result.syntaxError()).isTrue();
        assertThat(texts(result))
                .singleElement()
                .asString()
                .startsWith("f.yaml:1: line 1, column 4:");
    }

    static List<String> texts(ReadResult result) {
        return result.problems().stream().map(ReadProblem::toString).toList();
    }

    private static ReadResult read(String apiVersion, String kind) {
        return ManifestReader.read(
                "f.yaml",
                "{apiVersion: %s, kind: %s, metadata: {name: x}}".formatted(apiVersion, kind));
    }

    private static String account(String name) {
        return ManifestReaderTest.account(name);
    }
}
