package dev.llmgateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.Cli.Ended;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.cluster.Kubectl;
import dev.llmgateway.cluster.TestCluster;
import dev.llmgateway.crds.oauth.LoginGrant;
import dev.llmgateway.fixtures.idp.Endpoint;
import dev.llmgateway.fixtures.idp.IdentityProvider;
import dev.llmgateway.fixtures.idp.Person;
import dev.llmgateway.fixtures.process.Poll;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `oauth` on a real API server with the real `kubectl`. What an operator would do, the test does.
class OAuthOnClusterIT {
    @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String GRANT = "llm-gateway.dev/oauth-grant";

    private final IdentityProvider provider = IdentityProvider.start();
    private final Person person = Person.atBrowser();
    private final Cli cli =
            Cli.bare()
                    .with("KUBECTL", kubectl().program().toString())
                    .with("PATH", String.valueOf(System.getenv("PATH")))
                    .always("--kubeconfig=" + CLUSTER.kubeconfig(), "-n", CLUSTER.namespace());

    @AfterEach
    void end() {
        person.close();
        provider.close();
    }

    private static Kubectl kubectl() {
        return CLUSTER.kubectl();
    }

    @Test
    void aSignInIsHandedOverInASecretThatTheAccountNames() {
        account("claude", "AuthorizationCode");

        try (Conversation talk =
                Conversation.start(cli, "oauth", "start", "claude", "--no-browser")) {
            person.reads(person.agrees(URI.create(talk.hears("at: (http\\S+)"))));
            LoginGrant.Reference reference = reference("claude");
            JsonNode secret = json("get", "secret", reference.secret());

            assertThat(secret.path("type").asText()).isEqualTo(GRANT);
            assertThat(secret.path("immutable").asBoolean()).isTrue();
            assertThat(secret.at("/metadata/labels").path("llm-gateway.dev/credentials").asText())
                    .isEqualTo("true");
            assertThat(LoginGrant.read(reference, data(secret), Instant.now()))
                    .isInstanceOf(LoginGrant.Reading.Valid.class);
            result("claude", "signed in");
            Ended ended = talk.ends();

            assertThat(ended.code()).as(ended.err()).isZero();
            assertThat(ended.err()).contains("Signed in to claude");
            assertThat(provider.secrets())
                    .isNotEmpty()
                    .noneMatch(each -> (ended.out() + ended.err()).contains(each));
        }
        assertThat(provider.calls(Endpoint.Token)).isEmpty();
    }

    @Test
    void theOperatorsRefusalIsTheEnd() {
        account("denied", "AuthorizationCode");

        try (Conversation talk =
                Conversation.start(cli, "oauth", "start", "denied", "--no-browser")) {
            person.reads(person.agrees(URI.create(talk.hears("at: (http\\S+)"))));
            reference("denied");
            result("denied", "sign-in failed: the provider refused the code; sign in again");
            Ended ended = talk.ends();

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.err()).contains("sign-in failed: the provider refused the code");
        }
    }

    @Test
    void withLocalExchangeTheTokensAreHandedOver() {
        account("local", "AuthorizationCode");

        try (Conversation talk =
                Conversation.start(
                        cli, "oauth", "start", "local", "--no-browser", "--exchange=local")) {
            person.reads(person.agrees(URI.create(talk.hears("at: (http\\S+)"))));
            LoginGrant.Reference reference = reference("local");
            Map<String, String> data = data(json("get", "secret", reference.secret()));
            assertThat(provider.accepts(data.getOrDefault("access-token", ""))).isTrue();
            assertThat(data).doesNotContainKey("code");
            result("local", "signed in");

            assertThat(talk.ends().code()).isZero();
        }
    }

    @Test
    void theOperatorsDeviceCodeIsShownAndItsEndAwaited() {
        account("device", "DeviceCode");

        try (Conversation talk =
                Conversation.start(cli, "oauth", "start", "device", "--no-browser")) {
            annotation("device", "llm-gateway.dev/oauth-device");
            patch(
                    "device",
                    "{\"status\":{\"oauth\":{\"verificationURL\":\"https://idp.example/device\",\"userCode\":\"ABCD-1234\"}}}");
            assertThat(talk.hears("at: (http\\S+)")).isEqualTo("https://idp.example/device");
            assertThat(talk.hears("asks for one: (\\S+)")).isEqualTo("ABCD-1234");
            result("device", "signed in");

            assertThat(talk.ends().code()).isZero();
        }
    }

    @Test
    void refreshAndLogoutWaitForTheirResults() {
        account("both", "AuthorizationCode");

        try (Conversation talk = Conversation.start(cli, "oauth", "refresh", "both")) {
            annotation("both", "llm-gateway.dev/oauth-refresh");
            result(
                    "both",
                    "refresh failed: the token endpoint answered 500; the token in use stays");
            Ended ended = talk.ends();
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.err()).contains("answered 500");
        }
        try (Conversation talk = Conversation.start(cli, "oauth", "refresh", "both")) {
            kubectl().run("annotate", "ua", "both", "llm-gateway.dev/oauth-refresh-");
            annotation("both", "llm-gateway.dev/oauth-refresh");
            result("both", "refreshed");
            assertThat(talk.ends().code()).isZero();
        }
        try (Conversation talk = Conversation.start(cli, "oauth", "logout", "both")) {
            annotation("both", "llm-gateway.dev/oauth-logout");
            result("both", "signed out here; the revocation endpoint answered 500");
            Ended ended = talk.ends();
            assertThat(ended.code()).as(ended.err()).isZero();
            assertThat(ended.err()).contains("revocation endpoint answered 500");
        }
    }

    @Test
    void anOperatorThatSaysNothingIsWaitedForInVain() {
        account("alone", "DeviceCode");

        Ended ended = cli.run("oauth", "start", "alone", "--no-browser", "--login-timeout=1s");

        assertThat(ended.code()).isEqualTo(5);
        assertThat(ended.err()).contains("waiting for the operator to ask for a code for alone");
    }

    private void account(String name, String grant) {
        kubectl()
                .runWith(
                        """
                        apiVersion: llm-gateway.dev/v1alpha1
                        kind: UpstreamAccount
                        metadata: {name: %s}
                        spec:
                          provider: Anthropic
                          auth:
                            oauth:
                              secretRef: {name: %s-oauth}
                              profile: Custom
                              grant: %s
                              clientID: test-client
                              overrides: {authorizeURL: "%s", tokenURL: "%s", deviceURL: "%s"}
                        ---
                        apiVersion: llm-gateway.dev/v1alpha1
                        kind: GatewayConfig
                        metadata: {name: main}
                        spec: {egress: {allowHosts: ["127.0.0.1"]}}
                        """
                                .formatted(
                                        name,
                                        name,
                                        grant,
                                        provider.url(Endpoint.Authorize),
                                        provider.url(Endpoint.Token),
                                        provider.url(Endpoint.Device)),
                        "apply",
                        "--server-side",
                        "--force-conflicts",
                        "--filename=-");
    }

    private static LoginGrant.Reference reference(String account) {
        return LoginGrant.Reference.read(annotation(account, GRANT)).orElseThrow();
    }

    private static String annotation(String account, String name) {
        return Poll.until(
                PATIENCE,
                () -> name + " on " + account,
                () ->
                        Optional.of(
                                        json("get", "ua", account)
                                                .at("/metadata/annotations")
                                                .path(name)
                                                .asText())
                                .filter(text -> !text.isEmpty()));
    }

    private static void result(String account, String text) {
        patch(
                account,
                "{\"status\":{\"oauth\":{\"lastResult\":\""
                        + Instant.now()
                        + ": "
                        + text
                        + "\"}}}");
    }

    private static void patch(String account, String status) {
        kubectl().run("patch", "ua", account, "--subresource=status", "--type=merge", "-p", status);
    }

    private static JsonNode json(String... arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--output=json";
        return Json.parse(kubectl().run(all));
    }

    private static Map<String, String> data(JsonNode secret) {
        Map<String, String> data = new TreeMap<>();
        secret.path("data")
                .properties()
                .forEach(each ->
                        data.put(
                                each.getKey(),
                                new String(
                                        Base64.getDecoder().decode(each.getValue().asText()),
                                        UTF_8)));
        return data;
    }
}
