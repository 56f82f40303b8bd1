package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cli.Cli.Ended;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.oauth.TokenFile;
import dev.llmgateway.fixtures.idp.Endpoint;
import dev.llmgateway.fixtures.idp.Fault;
import dev.llmgateway.fixtures.idp.IdentityProvider;
import dev.llmgateway.fixtures.idp.Person;
import dev.llmgateway.fixtures.idp.ProviderSettings.Client;
import dev.llmgateway.fixtures.idp.ProviderSettings.Lives;
import dev.llmgateway.fixtures.idp.ProviderSettings.Said;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signing in to accounts of a folder, against an identity provider of ours.
class OAuthOnFolderIT {
    /// No redirect of its own: the program listens.
    private static final URI LISTENER = URI.create("");

    private static final String PAGE = "at: (http\\S+)";

    @TempDir private Path folder = Path.of("");
    private Cli cli = Cli.bare();
    private final IdentityProvider provider = IdentityProvider.start();
    private final Person person = Person.atBrowser();

    @BeforeEach
    void start() throws IOException {
        cli = Cli.on(folder);
        write(
                "gateway.yaml",
                """
                apiVersion: llm-gateway.dev/v1alpha1
                kind: GatewayConfig
                metadata: {name: main}
                spec: {egress: {allowHosts: ["127.0.0.1"]}, simulation: {enabled: true}}
                """);
    }

    @AfterEach
    void end() {
        person.close();
        provider.close();
    }

    @Test
    void aPastedCodeWithItsStateSignsIn() throws IOException {
        account("claude", "Anthropic", "AuthorizationCode", provider.url(Endpoint.ShownCode));

        try (Conversation talk = start("claude")) {
            String shown = person.reads(person.agrees(URI.create(talk.hears(PAGE))));
            Ended ended = talk.types("nonsense with blanks").types(shown).ends();

            assertThat(ended.code()).as(ended.err()).isZero();
            assertThat(ended.err())
                    .contains("Signed in to claude")
                    .contains("That is no code")
                    .contains("code=true");
            noSecrets(ended);
        }
        StoredTokens tokens = tokens("claude");
        assertThat(provider.accepts(tokens.accessToken())).isTrue();
        assertThat(provider.refreshToken(1)).contains(tokens.refreshToken());
        assertThat(tokens.left(tokens.issuedAt().orElseThrow())).contains(Duration.ofHours(1));
        isPrivate("claude");
    }

    @Test
    void aWholeAddressAndABareCodeMayBePastedToo() throws IOException {
        account("claude", "Anthropic", "AuthorizationCode", provider.url(Endpoint.ShownCode));

        try (Conversation talk = start("claude")) {
            URI landing = person.agrees(URI.create(talk.hears(PAGE)));
            assertThat(talk.types(landing.toString()).ends().code()).isZero();
        }
        try (Conversation talk = start("claude")) {
            String shown = person.reads(person.agrees(URI.create(talk.hears(PAGE))));
            assertThat(talk.types(shown.split("#", 2)[0]).ends().code()).isZero();
        }
        assertThat(provider.families()).isEqualTo(2);
        assertThat(provider.accepts(tokens("claude").accessToken())).isTrue();
    }

    @Test
    void aBrowserComesBackToTheListenerOnce() throws Exception {
        account("custom", "Custom", "AuthorizationCode", LISTENER);
        try (Conversation talk = start("custom")) {
            URI landing = person.agrees(URI.create(talk.hears(PAGE)));
            assertThat(landing.getHost()).isEqualTo("127.0.0.1");
            assertThat(landing.getPort()).isPositive();

            assertThat(person.reads(landing)).contains("Back to the terminal");
            Ended ended = talk.ends();

            assertThat(ended.code()).as(ended.err()).isZero();
            noSecrets(ended);
        }
        assertThat(provider.accepts(tokens("custom").accessToken())).isTrue();
    }

    @Test
    void aWrongStateIsRefusedAndNothingIsChanged() throws IOException {
        account("claude", "Anthropic", "AuthorizationCode", provider.url(Endpoint.ShownCode));

        try (Conversation talk = start("claude")) {
            String shown = person.reads(person.agrees(URI.create(talk.hears(PAGE))));
            Ended ended = talk.types(shown.split("#", 2)[0] + "#another").ends();

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.err()).contains("another sign-in").contains("nothing was changed");
        }
        nothingChanged("claude");
    }

    @Test
    void deniedConsentIsSaidByPasteAndByListener() throws IOException {
        account("claude", "Anthropic", "AuthorizationCode", provider.url(Endpoint.ShownCode));
        account("custom", "Custom", "AuthorizationCode", LISTENER);

        for (String name : List.of("claude", "custom")) {
            try (Conversation talk = start(name)) {
                URI landing = person.refuses(URI.create(talk.hears(PAGE)));
                String page = person.reads(landing);
                Ended ended =
                        name.equals("claude") ? talk.types(landing.toString()).ends() : talk.ends();

                assertThat(ended.code()).isEqualTo(1);
                assertThat(ended.err())
                        .contains("refused (access_denied)")
                        .contains("nothing was changed");
                assertThat(page).doesNotContain("state");
            }
            nothingChanged(name);
        }
    }

    @Test
    void anAnswerOfAnotherIssuerIsRefused() throws IOException {
        account("claude", "Anthropic", "AuthorizationCode", provider.url(Endpoint.ShownCode));
        provider.change(
                each -> each.with(new Said(Optional.empty(), Optional.of("https://evil.example"))));

        try (Conversation talk = start("claude")) {
            URI landing = person.agrees(URI.create(talk.hears(PAGE)));
            Ended ended = talk.types(landing.toString()).ends();

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.err()).contains("https://evil.example");
        }
        nothingChanged("claude");
    }

    @Test
    void anExpiredCodeIsRefusedByTheProviderAndTheTokenInUseStays() throws IOException {
        account("claude", "Anthropic", "AuthorizationCode", provider.url(Endpoint.ShownCode));
        try (Conversation talk = start("claude")) {
            talk.types(person.reads(person.agrees(URI.create(talk.hears(PAGE))))).ends();
        }
        StoredTokens before = tokens("claude");
        provider.change(each ->
                each.with(new Lives(Duration.ofHours(1), Duration.ZERO, Duration.ofHours(1))));

        try (Conversation talk = start("claude")) {
            String shown = person.reads(person.agrees(URI.create(talk.hears(PAGE))));
            Ended ended = talk.types(shown).ends();

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.err()).contains("invalid_grant").contains("nothing was changed");
        }
        assertThat(tokens("claude")).isEqualTo(before);
        assertThat(provider.accepts(before.accessToken())).isTrue();
    }

    @Test
    void anEndOfTheInputEndsASignInThatOnlyAPasteCanFinish() throws IOException {
        account("claude", "Anthropic", "AuthorizationCode", provider.url(Endpoint.ShownCode));

        Ended ended = cli.run("oauth", "start", "claude", "--no-browser");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("no code came back");
    }

    @Test
    void nobodySignsInInTime() throws IOException {
        account("custom", "Custom", "AuthorizationCode", LISTENER);

        Ended ended = cli.run("oauth", "start", "custom", "--no-browser", "--login-timeout=1s");

        assertThat(ended.code()).isEqualTo(5);
        assertThat(ended.err()).contains("nobody signed in within 1s");
    }

    @Test
    void aDeviceCodeSignsInAndItsResourceUrlIsKept() throws IOException {
        account("qwen", "Qwen", "DeviceCode", LISTENER);
        provider.change(each -> each.withResourceURL("127.0.0.1"));
        provider.next(Endpoint.Token, new Fault.OAuthError(400, "slow_down"));
        provider.next(Endpoint.Token, new Fault.Status(500));

        try (Conversation talk = start("qwen")) {
            String code = talk.hears("asks for one: (\\S+)");
            assertThat(talk.hears(PAGE)).endsWith("user_code=" + code);
            assertThat(provider.approve(code)).isTrue();
            Ended ended = talk.ends();

            assertThat(ended.code()).as(ended.err()).isZero();
            noSecrets(ended);
        }
        assertThat(tokens("qwen").resourceURL()).isEqualTo("127.0.0.1");
        assertThat(provider.accepts(tokens("qwen").accessToken())).isTrue();
    }

    @Test
    void aDeviceIsDeniedOrNotUsedInTime() throws IOException {
        account("qwen", "Qwen", "DeviceCode", LISTENER);

        try (Conversation talk = start("qwen")) {
            provider.deny(talk.hears("asks for one: (\\S+)"));
            Ended ended = talk.ends();

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.err()).contains("refused (access_denied)");
        }
        provider.next(Endpoint.Token, new Fault.OAuthError(400, "expired_token"));
        Ended late = cli.run("oauth", "start", "qwen", "--no-browser");
        assertThat(late.code()).isEqualTo(5);
        assertThat(late.err()).contains("not used in time");
        nothingChanged("qwen");
    }

    @Test
    void aConfidentialClientProvesItself() throws IOException {
        provider.change(each -> each.with(new Client("test-client", Optional.of("client-canary"))));
        account(
                "custom",
                "Custom",
                "AuthorizationCode",
                LISTENER,
                "clientSecretRef: {name: app, key: secret}");
        Ended without;
        try (Conversation talk = start("custom")) {
            person.reads(person.agrees(URI.create(talk.hears(PAGE))));
            without = talk.ends();
        }
        Files.createDirectories(folder.resolve("secrets/app"));
        Files.writeString(folder.resolve("secrets/app/secret"), "client-canary\n");

        try (Conversation talk = start("custom")) {
            person.reads(person.agrees(URI.create(talk.hears(PAGE))));
            Ended ended = talk.ends();

            assertThat(ended.code()).as(ended.err()).isZero();
            assertThat(ended.err()).doesNotContain("canary");
        }
        assertThat(without.code()).isEqualTo(3);
        assertThat(without.err()).contains("client secret app/secret is not there");
    }

    @Test
    void clientCredentialsNeedNobody() throws IOException {
        account("robot", "Custom", "ClientCredentials", LISTENER);

        assertThat(cli.run("oauth", "start", "robot").err()).contains("needs no person");
    }

    @Test
    void statusTellsHowItStands() throws IOException {
        account("claude", "Anthropic", "AuthorizationCode", provider.url(Endpoint.ShownCode));
        Ended before = cli.run("oauth", "status");
        try (Conversation talk = start("claude")) {
            talk.types(person.reads(person.agrees(URI.create(talk.hears(PAGE))))).ends();
        }

        assertThat(before.code()).isEqualTo(1);
        assertThat(before.out()).contains("claude").contains("not authorised");
        assertThat(cli.ok("oauth", "status")).contains("Anthropic").contains(" authorised");
        assertThat(
                        cli.ok(
                                "oauth",
                                "status",
                                "claude",
                                "-o",
                                "jsonpath={.items[0].status.credential.type}"))
                .isEqualTo("OAuth");
        assertThat(cli.ok("--lang=zh", "oauth", "status")).contains("已授权");
        noSecrets(cli.run("oauth", "status", "-o", "yaml"));
    }

    @Test
    void logoutRevokesAndForgets() throws IOException {
        account("custom", "Custom", "AuthorizationCode", LISTENER);
        assertThat(cli.run("oauth", "logout", "custom").code()).isEqualTo(3);
        try (Conversation talk = start("custom")) {
            person.reads(person.agrees(URI.create(talk.hears(PAGE))));
            talk.ends();
        }
        String access = tokens("custom").accessToken();

        Ended ended = cli.run("oauth", "logout", "custom");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(provider.accepts(access)).isFalse();
        nothingChanged("custom");
    }

    @Test
    void whoeverDoesNotSignInIsToldSo() {
        cli.ok("upstream", "add", "plain", "--provider=Simulated");

        Ended ended = cli.run("oauth", "start", "plain");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("does not sign in");
        assertThat(cli.run("oauth", "status").err()).contains("no account signs in");
    }

    @Test
    void anAddedAccountGoesStraightIntoItsSignIn() {
        String[] words = {
            "upstream",
            "add",
            "added",
            "--provider=AnthropicCompatible",
            "--type=oauth",
            "--profile=Custom",
            "--grant=DeviceCode",
            "--base-url=http://127.0.0.1:1",
            "--formats=Messages",
            "--model=*",
            "--token-url=" + provider.url(Endpoint.Token)
        };
        Ended later = cli.run(concat(words, "--no-login", "--client-id=test-client"));
        assertThat(later.code()).as(later.err()).isZero();
        assertThat(later.err()).contains("run `oauth start added`");

        Ended lacking = cli.run(concat(words, "--force", "--client-id=test-client"));

        assertThat(lacking.code()).isEqualTo(2);
        assertThat(lacking.err()).contains("overrides.deviceURL");
    }

    @Test
    void anEndpointInTroubleIsNamedWithoutAnyToken() throws IOException {
        account("claude", "Anthropic", "AuthorizationCode", provider.url(Endpoint.ShownCode));
        for (Fault fault :
                List.of(
                        new Fault.Status(500),
                        new Fault.Malformed(),
                        new Fault.Lost(),
                        new Fault.Cut())) {
            provider.next(Endpoint.Token, fault);
            try (Conversation talk = start("claude")) {
                talk.types(person.reads(person.agrees(URI.create(talk.hears(PAGE)))));
                Ended ended = talk.ends();

                assertThat(ended.code()).as(fault + ended.err()).isEqualTo(1);
                assertThat(ended.err()).contains("/token").contains("nothing was changed");
                noSecrets(ended);
            }
        }
        nothingChanged("claude");
    }

    @Test
    void aTokenEndpointAtAForbiddenAddressIsNotCalled() throws IOException {
        write(
                "gateway.yaml",
                "apiVersion: llm-gateway.dev/v1alpha1\nkind: GatewayConfig\nmetadata: {name: main}\n");
        account("qwen", "Qwen", "DeviceCode", LISTENER);

        Ended ended = cli.run("oauth", "start", "qwen", "--no-browser");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("may not be called").contains("allowHosts");
        assertThat(provider.calls()).isEmpty();
    }

    private Conversation start(String name) {
        return Conversation.start(cli, "oauth", "start", name, "--no-browser");
    }

    private void account(String name, String profile, String grant, URI redirect, String... more)
            throws IOException {
        String provide =
                profile.equals("Custom")
                        ? "AnthropicCompatible\n  baseURL: http://127.0.0.1:1\n  formats: [Messages]\n  models: [{name: '*'}]"
                        : profile;
        write(
                "account-" + name + ".yaml",
                """
                apiVersion: llm-gateway.dev/v1alpha1
                kind: UpstreamAccount
                metadata: {name: %s}
                spec:
                  provider: %s
                  auth:
                    oauth:
                      secretRef: {name: %s-oauth}
                      profile: %s
                      grant: %s
                      clientID: test-client
                      %s
                      overrides:
                        authorizeURL: %s
                        deviceURL: %s
                        tokenURL: %s
                        revocationURL: %s
                %s
                """
                        .formatted(
                                name,
                                provide,
                                name,
                                profile,
                                grant,
                                String.join("\n", more),
                                provider.url(Endpoint.Authorize),
                                provider.url(Endpoint.Device),
                                provider.url(Endpoint.Token),
                                provider.url(Endpoint.Revocation),
                                redirect.equals(LISTENER)
                                        ? ""
                                        : "        redirectURI: " + redirect));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private Path file(String name) {
        return folder.resolve(".llm-gateway/oauth/default." + name + "-oauth.json");
    }

    private StoredTokens tokens(String name) throws IOException {
        return TokenFile.read(Files.readString(file(name))).orElseThrow().tokens();
    }

    private void isPrivate(String name) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(name))))
                .isEqualTo("rw-------");
        for (String each : List.of(".llm-gateway", ".llm-gateway/oauth")) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(folder.resolve(each))))
                    .isEqualTo("rwx------");
        }
        assertThat(folder.resolve(".llm-gateway/.gitignore")).hasContent("*");
    }

    private void nothingChanged(String name) {
        assertThat(file(name)).doesNotExist();
    }

    private void noSecrets(Ended ended) {
        assertThat(provider.secrets())
                .isNotEmpty()
                .noneMatch(secret -> (ended.out() + ended.err()).contains(secret));
    }

    private static String[] concat(String[] words, String... more) {
        List<String> all = new java.util.ArrayList<>(List.of(words));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
