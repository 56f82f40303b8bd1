package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.compile.Compilation;
import dev.llmgateway.crds.compile.Compiler;
import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.manifest.ReadResult;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.runtime.upstream.Credential;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each provider from its manifest to the bytes on the wire: where it is called and what proves the
/// account (spec/resources.md, provider table).
class ProviderContractIT {
    private static final String SECRET = "sk-of-the-account";
    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final List<String> CREDENTIALS =
            List.of("authorization", "x-api-key", "api-key", "x-goog-api-key", "x-llm-gateway-key");
    private static final String KEY_AUTH = "{apiKey: {secretRef: {name: acct, key: api-key}}}";

    /// One way of calling one provider.
    ///
    /// @param base path of the account's URL
    /// @param spec further fields of the account
    /// @param route as the client asks
    /// @param target as the upstream is asked
    /// @param header that carries the credential; empty: none does
    record Contract(
            Provider provider,
            String base,
            String spec,
            String auth,
            String route,
            String target,
            String header,
            String value) {}

    static Stream<Contract> contracts() {
        String bearer = "Bearer " + SECRET;
        return Stream.of(
                key(Provider.Anthropic, "", MESSAGES, "/v1/messages", "x-api-key", SECRET),
                key(Provider.Anthropic, "/v1", MESSAGES, "/v1/messages", "x-api-key", SECRET),
                key(
                        Provider.Anthropic,
                        "/proxy",
                        MESSAGES + "/count_tokens",
                        "/proxy/v1/messages/count_tokens",
                        "x-api-key",
                        SECRET),
                key(Provider.OpenAI, "/v1", CHAT, "/v1/chat/completions", "authorization", bearer),
                key(Provider.OpenAI, "", "/v1/responses", "/v1/responses", "authorization", bearer),
                key(
                        Provider.OpenAI,
                        "",
                        "/v1/embeddings",
                        "/v1/embeddings",
                        "authorization",
                        bearer),
                key(
                        Provider.OpenAI,
                        "",
                        "/v1/completions",
                        "/v1/completions",
                        "authorization",
                        bearer),
                key(
                        Provider.AzureOpenAI,
                        "/openai/v1",
                        CHAT,
                        "/openai/v1/chat/completions",
                        "api-key",
                        SECRET),
                key(
                        Provider.Google,
                        "/v1beta/openai",
                        CHAT,
                        "/v1beta/openai/chat/completions",
                        "authorization",
                        bearer),
                key(
                        Provider.Qwen,
                        "/compatible-mode/v1",
                        CHAT,
                        "/compatible-mode/v1/chat/completions",
                        "authorization",
                        bearer),
                with(
                        Provider.OpenAICompatible,
                        "formats: [ChatCompletions]",
                        CHAT,
                        "/v1/chat/completions",
                        "authorization",
                        bearer),
                with(
                        Provider.AnthropicCompatible,
                        "formats: [Messages]",
                        MESSAGES,
                        "/v1/messages",
                        "x-api-key",
                        SECRET),
                new Contract(
                        Provider.OpenAICompatible,
                        "/v1",
                        "formats: [ChatCompletions]",
                        "{none: {}}",
                        CHAT,
                        "/v1/chat/completions",
                        "",
                        ""),
                new Contract(
                        Provider.OpenAICompatible,
                        "/v1",
                        "formats: [ChatCompletions]",
                        "{apiKey: {secretRef: {name: acct, key: api-key}, header: ApiKey}}",
                        CHAT,
                        "/v1/chat/completions",
                        "api-key",
                        SECRET));
    }

    private static Contract key(
            Provider provider,
            String base,
            String route,
            String target,
            String header,
            String value) {
        return new Contract(provider, base, "", KEY_AUTH, route, target, header, value);
    }

    private static Contract with(
            Provider provider,
            String spec,
            String route,
            String target,
            String header,
            String value) {
        return new Contract(provider, "", spec, KEY_AUTH, route, target, header, value);
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void a_provider_is_called_where_and_as_it_expects(Contract contract) throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, "{\"id\":\"1\",\"data\":[]}"));
                var gateway =
                        GatewayFixture.serving(
                                GatewayFixture.plan(GatewayFixture.account(upstream).plan()))) {
            gateway.swap(
                    "contract",
                    plan(contract, upstream.address() + contract.base),
                    _ -> Optional.of(new Credential.Value(SECRET)));

            HttpMessage reply =
                    gateway.post(
                            contract.route,
                            "{\"model\":\"m\",\"input\":\"Hi\",\"prompt\":\"Hi\",\"messages\":[]}");

            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            HttpMessage sent = upstream.received().getFirst().message();
            assertThat(sent.startLine()).isEqualTo("POST " + contract.target + " HTTP/1.1");
            assertThat(credentials(sent))
                    .isEqualTo(contract.header.isEmpty() ? Set.of() : Set.of(contract.header));
            if (!contract.header.isEmpty()) {
                assertThat(sent.field(contract.header)).hasValue(contract.value);
            }
            assertThat(sent.wire()).doesNotContain(GatewayFixture.KEY);
            assertThat(sent.field("anthropic-version"))
                    .isEqualTo(
                            contract.route.startsWith(MESSAGES)
                                    ? Optional.of("2023-06-01")
                                    : Optional.empty());
        }
    }

    private static Set<String> credentials(HttpMessage sent) {
        return CREDENTIALS.stream()
                .filter(name -> sent.field(name).isPresent())
                .collect(Collectors.toSet());
    }

    @Test
    void every_provider_has_a_contract() {
        assertThat(contracts().map(Contract::provider).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Provider.values())
                                .filter(provider -> provider != Provider.Simulated)
                                .toList());
    }

    static Stream<Arguments> addresses() {
        return Stream.of(
                Arguments.of(Provider.Anthropic, "https://api.anthropic.com"),
                Arguments.of(Provider.OpenAI, "https://api.openai.com/v1"),
                Arguments.of(
                        Provider.Google, "https://generativelanguage.googleapis.com/v1beta/openai"),
                Arguments.of(Provider.Qwen, "https://dashscope.aliyuncs.com/compatible-mode/v1"));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void a_known_provider_needs_no_url(Provider provider, String url) {
        Contract contract = key(provider, "", MESSAGES, "", "", "");

        AccountPlan account = plan(contract, "").accounts().getFirst();

        assertThat(account.baseURL()).isEqualTo(url);
    }

    /// Passthrough: the caller's own credential goes on, whatever it is, and the key does not.
    @Test
    void a_passthrough_account_forwards_the_callers_credential() throws IOException {
        Contract contract =
                new Contract(Provider.Anthropic, "", "", "{passthrough: {}}", MESSAGES, "", "", "");
        try (var upstream = FaultUpstream.always(Script.json(200, "{\"id\":\"1\"}"));
                var gateway =
                        GatewayFixture.serving(
                                GatewayFixture.plan(GatewayFixture.account(upstream).plan()))) {
            gateway.swap("contract", plan(contract, upstream.address().toString()));
            String fields =
                    "x-llm-gateway-key: "
                            + GatewayFixture.KEY
                            + "\r\nauthorization: Bearer my-own\r\n"
                            + "anthropic-version: 2023-06-01\r\n"
                            + "content-type: application/json\r\n";

            HttpMessage reply = gateway.post(MESSAGES, fields, "{\"model\":\"m\",\"messages\":[]}");

            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            HttpMessage sent = upstream.received().getFirst().message();
            assertThat(sent.field("authorization")).hasValue("Bearer my-own");
            assertThat(credentials(sent)).containsExactly("authorization");
        }
    }

    private static GatewayPlan plan(Contract contract, String url) {
        String yaml =
                """
                apiVersion: llm-gateway.dev/v1alpha1
                kind: GatewayConfig
                metadata: {name: main, namespace: default}
                spec: {egress: {allowPrivateNetworks: true}}
                ---
                apiVersion: llm-gateway.dev/v1alpha1
                kind: GatewayKey
                metadata: {name: tester, namespace: default}
                spec: {source: {hashes: ["sha256:%s"]}}
                ---
                apiVersion: v1
                kind: Secret
                metadata:
                  name: acct
                  namespace: default
                  labels: {llm-gateway.dev/credentials: "true"}
                stringData: {api-key: %s}
                ---
                apiVersion: llm-gateway.dev/v1alpha1
                kind: UpstreamAccount
                metadata: {name: account, namespace: default}
                spec:
                  provider: %s
                  auth: %s
                  models: [{name: m}]
                  %s
                  %s
                """
                        .formatted(
                                GatewayFixture.sha256(GatewayFixture.KEY),
                                SECRET,
                                contract.provider,
                                contract.auth,
                                url.isEmpty() ? "" : "baseURL: " + url,
                                contract.spec);
        ReadResult read = ManifestReader.read("contract.yaml", yaml);
        assertThat(read.problems()).isEmpty();
        Compilation compilation = Compiler.compile(read.manifests(), Instant.now());
        assertThat(compilation.hasErrors())
                .as(compilation.diagnostics().toString().toLowerCase(Locale.ROOT))
                .isFalse();
        return compilation.plans().values().iterator().next();
    }
}
