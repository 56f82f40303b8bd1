package dev.llmgateway.runtime.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.idp.Endpoint;
import dev.llmgateway.fixtures.idp.Fault;
import dev.llmgateway.fixtures.idp.IdentityProvider;
import dev.llmgateway.fixtures.idp.ProviderSettings.Rotation;
import dev.llmgateway.fixtures.idp.Tokens;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Received;
import dev.llmgateway.fixtures.upstream.Script;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway of a folder that is killed with SIGKILL between the provider's answer and storing it,
/// and its sibling (spec/oauth.md): the one step at which a sign-in can be lost.
class KilledRefreshIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern LISTENING = Pattern.compile("listening data=(\\S+) ");

    @TempDir private Path folder;
    private final IdentityProvider provider = IdentityProvider.start();
    private final FaultUpstream upstream = FaultUpstream.start(this::served);

    @AfterEach
    void stop() {
        provider.close();
        upstream.close();
    }

    /// Waits for the last minute of a token, hence not part of every run.
    @Test
    @Tag("full")
    void theOldTokenServesUntilItEndsAndOneRetryTellsWhatWasLost() throws Exception {
        FolderTokens files = prepared();
        Tokens first = provider.login();
        killedAtRefresh(files, first, Duration.ofSeconds(90));

        try (FolderGateway sibling = FolderGateway.start(folder)) {
            assertThat(sibling.call(FolderTokens.KEY)).isEqualTo(200);
            assertThat(provider.calls("refresh_token")).hasSize(1);
            Poll.untilTrue(
                    PATIENCE,
                    () -> "told: " + sibling.problems(),
                    () ->
                            sibling.problems().stream()
                                    .anyMatch(each -> each.contains("(RefreshLost)")));
        }
        assertThat(provider.calls("refresh_token")).hasSize(2);
        assertThat(files.read().tokens().accessToken()).isEqualTo(first.access());
        assertThat(files.read().tokens().refreshToken()).isEqualTo(first.refresh());
    }

    @Test
    void aProviderThatForgivesTheLastTokenLosesNothing() throws Exception {
        provider.change(each -> each.with(new Rotation(true, Duration.ofHours(1), false)));
        FolderTokens files = prepared();
        Tokens first = provider.login();
        killedAtRefresh(files, first, Duration.ofSeconds(62));

        try (FolderGateway sibling = FolderGateway.start(folder)) {
            Poll.untilTrue(
                    PATIENCE,
                    () -> "recovered: " + sibling.problems(),
                    () ->
                            provider.refreshToken(1)
                                    .equals(Optional.of(files.read().tokens().refreshToken())));
            assertThat(sibling.call(FolderTokens.KEY)).isEqualTo(200);
        }
        assertThat(provider.reuses()).isZero();
    }

    private FolderTokens prepared() {
        FolderTokens files = new FolderTokens(folder);
        files.manifests(provider, upstream.address(), "Custom", "");
        return files;
    }

    /// A process that refreshes, and dies when the provider has rotated the token and not answered.
    private void killedAtRefresh(FolderTokens files, Tokens tokens, Duration left)
            throws IOException, InterruptedException {
        files.signedIn(tokens, Duration.ofHours(1));
        Path output = folder.resolve("output");
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-XX:TieredStopAtLevel=1",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Main.class.getName(),
                                        "--dir=" + folder,
                                        "--port=0",
                                        "--admin-port=0"))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            URI data = URI.create("http://" + listening(process, output));
            assertThat(FolderGateway.call(data, FolderTokens.KEY).status()).isEqualTo(200);
            provider.next(Endpoint.Token, new Fault.Late(Duration.ofMinutes(5)));
            files.signedIn(tokens, left);
            Poll.untilTrue(
                    PATIENCE,
                    () -> "rotated",
                    () -> !provider.refreshToken(1).equals(Optional.of(tokens.refresh())));
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(files.read().claim()).isPresent();
        assertThat(provider.secrets()).noneMatch(Files.readString(output)::contains);
    }

    private static String listening(Process process, Path output) {
        return Poll.until(
                PATIENCE,
                () -> "listening",
                () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("it ended with " + process.exitValue());
                    }
                    Matcher found = LISTENING.matcher(read(output));
                    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
                });
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Script served(Received received) {
        String bearer = received.message().field("authorization").orElse("").replace("Bearer ", "");
        return provider.accepts(bearer) ? Script.json(200, "{}") : Script.json(401, "{}");
    }
}
