package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.idp.Endpoint;
import dev.llmgateway.fixtures.idp.IdentityProvider;
import dev.llmgateway.fixtures.idp.Person;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the listener of a sign-in answers to whom (reliability-security.md S13).
class LoopbackIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder = Path.of("");
    private final IdentityProvider provider = IdentityProvider.start();
    private final Person person = Person.atBrowser();

    @BeforeEach
    void account() throws IOException {
        Files.writeString(
                folder.resolve("all.yaml"),
                """
                apiVersion: llm-gateway.dev/v1alpha1
                kind: GatewayConfig
                metadata: {name: main}
                spec: {egress: {allowHosts: ["127.0.0.1"]}}
                ---
                apiVersion: llm-gateway.dev/v1alpha1
                kind: UpstreamAccount
                metadata: {name: custom}
                spec:
                  provider: Anthropic
                  auth:
                    oauth:
                      secretRef: {name: custom-oauth}
                      profile: Custom
                      clientID: test-client
                      overrides: {authorizeURL: "%s", tokenURL: "%s"}
                """
                        .formatted(provider.url(Endpoint.Authorize), provider.url(Endpoint.Token)));
    }

    @AfterEach
    void end() {
        person.close();
        provider.close();
    }

    @Test
    void onlyItsOwnCallbackIsTakenAndOnlyOnce() throws IOException {
        try (Conversation talk =
                Conversation.start(Cli.on(folder), "oauth", "start", "custom", "--no-browser")) {
            URI landing = person.agrees(URI.create(talk.hears("at: (http\\S+)")));
            String target = landing.getRawPath() + "?" + landing.getRawQuery();
            String own = landing.getRawAuthority();

            assertThat(status(landing, "GET", target, "host: evil.example\r\n")).isEqualTo(403);
            assertThat(status(landing, "GET", target, "")).isEqualTo(403);
            assertThat(
                            status(
                                    landing,
                                    "GET",
                                    target,
                                    "host: " + own + "\r\nhost: evil.example\r\n"))
                    .isEqualTo(403);
            assertThat(
                            status(
                                    landing,
                                    "GET",
                                    target,
                                    "host: " + own + "\r\norigin: https://evil.example\r\n"))
                    .isEqualTo(403);
            assertThat(status(landing, "POST", target, "host: " + own + "\r\n")).isEqualTo(403);
            assertThat(status(landing, "GET", "/favicon.ico", "host: " + own + "\r\n"))
                    .isEqualTo(404);
            String stray = landing.getRawPath() + "?code=stolen&state=another";
            assertThat(status(landing, "GET", stray, "host: " + own + "\r\n")).isEqualTo(400);
            assertThat(provider.calls(Endpoint.Token)).isEmpty();
            String page = person.reads(landing);
            Cli.Ended ended = talk.ends();

            assertThat(page).contains("Back to the terminal").doesNotContain(target);
            assertThat(ended.code()).as(ended.err()).isZero();
            assertThat(ended.err()).contains("A page of another sign-in came back");
            assertThat(provider.calls("authorization_code")).hasSize(1);
        }
    }

    private static int status(URI listener, String method, String target, String fields)
            throws IOException {
        try (RawClient client = RawClient.connect(listener, PATIENCE)) {
            return client.send(method + " " + target + " HTTP/1.1\r\n" + fields + "\r\n")
                    .response()
                    .status();
        }
    }
}
