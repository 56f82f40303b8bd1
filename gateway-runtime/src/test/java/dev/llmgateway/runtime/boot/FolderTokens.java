package dev.llmgateway.runtime.boot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.oauth.TokenFile;
import dev.llmgateway.fixtures.idp.Endpoint;
import dev.llmgateway.fixtures.idp.IdentityProvider;
import dev.llmgateway.fixtures.idp.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/// A folder with one gateway, one key and one account that signs in, and its token file as a
/// sign-in would leave it.
record FolderTokens(Path folder) {
    static final String KEY = "sk-of-a-client-of-a-folder";

    /// @param upstream what the account calls
    /// @param more lines of `auth.oauth`
    void manifests(IdentityProvider provider, URI upstream, String profile, String more) {
        write(
                "all.yaml",
                """
                apiVersion: llm-gateway.dev/v1alpha1
                kind: GatewayConfig
                metadata: {name: main}
                spec: {egress: {allowHosts: ["127.0.0.1"]}}
                ---
                apiVersion: llm-gateway.dev/v1alpha1
                kind: GatewayKey
                metadata: {name: client}
                spec: {source: {hashes: ["sha256:%s"]}}
                ---
                apiVersion: llm-gateway.dev/v1alpha1
                kind: UpstreamAccount
                metadata: {name: signed-in}
                spec:
                  provider: OpenAICompatible
                  baseURL: %s/v1
                  formats: [ChatCompletions]
                  models: [{name: "*"}]
                  auth:
                    oauth:
                      secretRef: {name: tokens}
                      profile: %s
                      clientID: test-client
                      refreshBefore: 1m
                      overrides: {authorizeURL: "%s", tokenURL: "%s"}
                      %s
                """
                        .formatted(
                                sha256(KEY),
                                upstream,
                                profile,
                                provider.url(Endpoint.Authorize),
                                provider.url(Endpoint.Token),
                                more));
    }

    void write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As a sign-in ten minutes ago would have left it.
    void signedIn(Tokens tokens, Duration left) {
        Instant now = Instant.now();
        StoredTokens stored =
                new StoredTokens(
                        tokens.access(),
                        tokens.refresh(),
                        "",
                        Optional.of(now.minusSeconds(600)),
                        Optional.of(now.plus(left)),
                        "");
        replace(TokenFile.of(stored));
    }

    void replace(TokenFile file) {
        try {
            Files.createDirectories(folder.resolve(TokenFile.FOLDER));
            Path draft =
                    Files.writeString(folder.resolve(TokenFile.FOLDER + "/draft"), file.text());
            Files.move(draft, path(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path path() {
        return folder.resolve(TokenFile.FOLDER + "/default.tokens" + TokenFile.SUFFIX);
    }

    /// Empty content while there is none.
    TokenFile read() {
        try {
            return Files.exists(path())
                    ? TokenFile.read(Files.readString(path())).orElseThrow()
                    : TokenFile.NONE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
