package dev.llmgateway.runtime.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.oauth.TokenFile;
import dev.llmgateway.fixtures.figures.Figures;
import dev.llmgateway.fixtures.figures.Promise;
import dev.llmgateway.fixtures.idp.Call;
import dev.llmgateway.fixtures.idp.Endpoint;
import dev.llmgateway.fixtures.idp.Fault;
import dev.llmgateway.fixtures.idp.IdentityProvider;
import dev.llmgateway.fixtures.idp.ProviderSettings.Client;
import dev.llmgateway.fixtures.idp.Tokens;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Received;
import dev.llmgateway.fixtures.upstream.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Three gateways on one folder and a provider that ends a sign-in whose refresh token comes twice
/// (spec/oauth.md). The upstream serves live tokens only, so whatever is lost is seen by a client.
class StandaloneOAuthIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(50);

    @TempDir private Path folder;
    private final IdentityProvider provider = IdentityProvider.start();
    private final FaultUpstream upstream = FaultUpstream.start(this::served);
    private final FaultUpstream elsewhere = FaultUpstream.start(this::served);
    private final List<FolderGateway> gateways = new CopyOnWriteArrayList<>();
    private FolderTokens files;

    @BeforeEach
    void manifests() {
        files = new FolderTokens(folder);
        files.manifests(provider, upstream.address(), "Custom", "");
    }

    @AfterEach
    void stop() {
        provider.close();
        gateways.forEach(FolderGateway::close);
        upstream.close();
        elsewhere.close();
    }

    /// The earlier product made eight refreshes with one single-use token of it, one of which won;
    /// the other seven wiped the good tokens.
    @Test
    void eightParallelRequestsNearExpiryMakeExactlyOneRefreshAndLoseNothing() throws Exception {
        Tokens first = provider.login();
        files.signedIn(first, Duration.ofHours(1));
        start(3);
        provider.next(Endpoint.Token, new Fault.Late(Duration.ofMillis(300)));
        Set<Integer> statuses = ConcurrentHashMap.newKeySet();
        CountDownLatch over = new CountDownLatch(1);
        List<Thread> clients = clients(statuses, over);

        files.signedIn(first, SOON);
        Poll.untilTrue(
                PATIENCE,
                () -> "a new token",
                () -> !files.read().tokens().accessToken().equals(first.access()));
        long written = System.nanoTime();
        for (FolderGateway gateway : gateways) {
            Poll.untilTrue(
                    PATIENCE,
                    () -> "the new token is used",
                    () -> uses(gateway, files.read().tokens().accessToken()));
        }
        Figures.note(
                "R22",
                "a new token is used by 3 gateways of a folder",
                (System.nanoTime() - written) / 1e6,
                "ms",
                Promise.atMost(1_000));
        over.countDown();
        for (Thread client : clients) {
            client.join(PATIENCE);
        }

        assertThat(statuses).containsExactly(200);
        assertThat(provider.calls("refresh_token")).hasSize(1);
        assertThat(provider.reuses()).isZero();
        assertThat(provider.revokedFamilies()).isEmpty();
        StoredTokens kept = files.read().tokens();
        assertThat(provider.refreshToken(1)).contains(kept.refreshToken());
        assertThat(kept.previousRefreshToken()).isEqualTo(first.refresh());
    }

    static Stream<Fault> trouble() {
        return Stream.of(
                new Fault.Status(500),
                new Fault.Status(429, Optional.of(Duration.ofSeconds(1))),
                new Fault.Malformed(),
                new Fault.Silent(),
                new Fault.Delayed(Duration.ofSeconds(30), new Fault.Status(503)));
    }

    @ParameterizedTest
    @MethodSource("trouble")
    void whileTheTokenIsValidNoClientSeesTheEndpointsTrouble(Fault fault) {
        files.signedIn(provider.login(), SOON);
        provider.always(Endpoint.Token, fault);
        start(1);

        Poll.untilTrue(PATIENCE, () -> "asked", () -> !provider.calls(Endpoint.Token).isEmpty());
        IntStream.range(0, 20).forEach(_ -> assertThat(call()).isEqualTo(200));
        assertThat(provider.calls(Endpoint.Token)).extracting(Call::result).containsOnly("fault");
        boolean answers = !(fault instanceof Fault.Silent || fault instanceof Fault.Delayed);
        if (answers) {
            Poll.untilTrue(
                    PATIENCE,
                    () -> "the trouble is told",
                    () -> told("could not be refreshed: its endpoint answered"));
            provider.heal();
            Poll.untilTrue(
                    PATIENCE,
                    () -> "refreshed",
                    () ->
                            provider.refreshToken(1)
                                            .equals(
                                                    Optional.of(
                                                            files.read().tokens().refreshToken()))
                                    && files.read().attempts().failures() == 0
                                    && !files.read().tokens().previousRefreshToken().isEmpty());
            assertThat(call()).isEqualTo(200);
        }
    }

    @Test
    void aRefusedRefreshTokenIsNeverTriedAgainAndNothingIsWiped() {
        Tokens tokens = provider.login();
        files.signedIn(tokens, SOON);
        provider.always(Endpoint.Token, new Fault.OAuthError(500, "invalid_grant"));
        start(3);

        Poll.untilTrue(
                PATIENCE,
                () -> "all say that a person is needed",
                () -> told("needs a person (InvalidGrant)"));
        assertThat(files.read().tokens().accessToken()).isEqualTo(tokens.access());
        assertThat(files.read().tokens().refreshToken()).isEqualTo(tokens.refresh());
        gateways.forEach(each -> assertThat(each.call(FolderTokens.KEY)).isEqualTo(200));
        assertThat(provider.calls(Endpoint.Token)).hasSize(1);

        Tokens again = provider.login();
        files.signedIn(again, Duration.ofHours(1));
        for (FolderGateway gateway : gateways) {
            Poll.untilTrue(PATIENCE, () -> "signed in again", () -> uses(gateway, again.access()));
        }
        Poll.untilTrue(
                PATIENCE,
                () -> "nothing to complain of: " + gateways.getFirst().problems() + files.read(),
                () ->
                        gateways.stream()
                                .flatMap(each -> each.problems().stream())
                                .noneMatch(each -> each.contains("person")));
        assertThat(provider.calls(Endpoint.Token)).hasSize(1);
    }

    @Test
    void aNewerTokenThatASiblingWroteMeanwhileIsUsedInstead() {
        Tokens old = provider.login();
        Tokens newer = provider.login();
        files.signedIn(old, SOON);
        provider.next(
                Endpoint.Token,
                new Fault.Delayed(
                        Duration.ofSeconds(2), new Fault.OAuthError(400, "invalid_grant")));
        start(1);
        Poll.untilTrue(PATIENCE, () -> "asked", () -> !provider.calls(Endpoint.Token).isEmpty());

        files.signedIn(newer, Duration.ofHours(1));

        Poll.untilTrue(
                PATIENCE, () -> "the newer one", () -> uses(gateways.getFirst(), newer.access()));
        gateways.removeFirst().close(); // it waits for the answer and for what it does with it
        assertThat(files.read().tokens().accessToken()).isEqualTo(newer.access());
        assertThat(files.read().refusal()).isEmpty();
    }

    @Test
    void aTokenThatTheUpstreamRefusesIsReplacedAtOnceByOneRefresh() {
        Tokens first = provider.login();
        files.signedIn(first, Duration.ofHours(1));
        start(3);
        gateways.forEach(each -> assertThat(each.call(FolderTokens.KEY)).isEqualTo(200));

        provider.endAccessTokens();

        for (FolderGateway gateway : gateways) {
            Poll.untilTrue(
                    PATIENCE, () -> "serves again", () -> gateway.call(FolderTokens.KEY) == 200);
        }
        assertThat(provider.calls("refresh_token")).hasSize(1);
        assertThat(provider.reuses()).isZero();
    }

    @Test
    void clientCredentialsAreFetchedWithoutAPerson() {
        provider.change(each -> each.with(new Client("test-client", Optional.of("client-secret"))));
        files.manifests(
                provider,
                upstream.address(),
                "Custom",
                "grant: ClientCredentials\n      clientSecretRef: {name: app, key: secret}");
        files.write("secrets/app/secret", "client-secret\n");
        start(3);

        for (FolderGateway gateway : gateways) {
            Poll.untilTrue(PATIENCE, () -> "serves", () -> gateway.call(FolderTokens.KEY) == 200);
        }
        assertThat(provider.calls("client_credentials")).hasSize(1);
    }

    @Test
    void aRefreshTokenPutThereByHandIsEnough() {
        files.manifests(provider, upstream.address(), "Custom", "grant: RefreshToken");
        files.write("secrets/tokens/refresh-token", provider.login().refresh() + "\n");
        start(1);

        Poll.untilTrue(PATIENCE, () -> "serves", () -> call() == 200);
        assertThat(provider.calls("refresh_token")).hasSize(1);
    }

    @Test
    void aRefreshMovesAnAccountWhereItsProviderSays() {
        files.manifests(provider, upstream.address(), "Qwen", "grant: RefreshToken");
        provider.change(each -> each.withResourceURL(elsewhere.address() + "/v1"));
        files.signedIn(provider.login(), SOON);
        start(1);

        Poll.untilTrue(
                PATIENCE, () -> "moved", () -> call() == 200 && !elsewhere.received().isEmpty());
    }

    @Test
    void aWishIsGrantedOnce() {
        Tokens first = provider.login();
        files.signedIn(first, Duration.ofHours(1));
        start(3);

        files.write(
                TokenFile.FOLDER + "/default.tokens" + TokenFile.WISH_SUFFIX,
                files.read().version() + "\n");

        Poll.untilTrue(
                PATIENCE, () -> "refreshed", () -> provider.calls("refresh_token").size() == 1);
        Path wish = folder.resolve(TokenFile.FOLDER + "/default.tokens" + TokenFile.WISH_SUFFIX);
        Poll.untilTrue(PATIENCE, () -> "the wish is gone", () -> !wish.toFile().exists());
        files.write(TokenFile.FOLDER + "/default.tokens" + TokenFile.WISH_SUFFIX, "of old\n");
        Poll.untilTrue(PATIENCE, () -> "an old wish goes too", () -> !wish.toFile().exists());
        assertThat(provider.calls("refresh_token")).hasSize(1);
    }

    private void start(int count) {
        IntStream.range(0, count).forEach(_ -> gateways.add(FolderGateway.start(folder)));
    }

    private int call() {
        return gateways.getFirst().call(FolderTokens.KEY);
    }

    /// Whether every gateway says so.
    private boolean told(String text) {
        return gateways.stream()
                .allMatch(each -> each.problems().stream().anyMatch(one -> one.contains(text)));
    }

    /// Eight clients of each gateway that call without a break.
    private List<Thread> clients(Set<Integer> statuses, CountDownLatch over) {
        Supplier<Stream<FolderGateway>> all = gateways::stream;
        return IntStream.range(0, 8)
                .boxed()
                .flatMap(_ -> all.get())
                .map(gateway ->
                        Thread.startVirtualThread(() -> {
                            do {
                                statuses.add(gateway.call(FolderTokens.KEY));
                            } while (!ended(over));
                        }))
                .toList();
    }

    private static boolean ended(CountDownLatch over) {
        try {
            return over.await(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            return true;
        }
    }

    private boolean uses(FolderGateway gateway, String token) {
        int before = upstream.received().size();
        gateway.call(FolderTokens.KEY);
        return upstream.received().stream()
                .skip(before)
                .anyMatch(each -> bearer(each).equals(token));
    }

    private Script served(Received received) {
        return provider.accepts(bearer(received)) ? Script.json(200, "{}") : Script.json(401, "{}");
    }

    private static String bearer(Received received) {
        return received.message().field("authorization").orElse("").replace("Bearer ", "");
    }
}
