package dev.llmgateway.operator.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.TestCluster;
import dev.llmgateway.crds.oauth.Claim;
import dev.llmgateway.crds.oauth.LoginGrant;
import dev.llmgateway.crds.oauth.OAuthAnnotations;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.fixtures.idp.IdentityProvider;
import dev.llmgateway.fixtures.idp.Tokens;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.operator.snapshot.Scope;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A leader that ends at any call of a refresh or a sign-in loses no login, but at the one step
/// that nobody can help: the provider has answered, and nothing is stored yet.
class OAuthStopsIT {
    @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

    private static final AtomicInteger NAMESPACES = new AtomicInteger();
    private static final int AT_ONCE = 4;
    private static final long LIFE_MILLIS = 30_000;

    /// When the successor looks: claims have run out, tokens and all.
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofHours(2));

    @Test
    void aRefreshThatIsCutOffAnywhereLosesALoginOnlyBetweenAnswerAndStoring() throws Exception {
        List<String> outcomes = everywhere(3, OAuthStopsIT::refresh);

        assertThat(outcomes)
                .containsExactly(
                        "before call 1: renewed",
                        "after call 1: renewed",
                        "before call 2: renewed",
                        "after call 2: RefreshLost",
                        "before call 3: RefreshLost",
                        "after call 3: renewed");
    }

    /// Reading, claiming and storing are its three calls; between the last two the provider is
    /// asked.
    private static String refresh(MortalAt death) {
        try (IdentityProvider provider = IdentityProvider.start()) {
            Enrolment on = namespace(provider);
            Tokens tokens = provider.login();
            on.account("acct", "RefreshToken", "");
            on.tokens("acct", tokens, Duration.ofSeconds(100));
            StoredTokens before = on.stored("acct");
            dies(on, death);
            // Whatever was cut off, the token in use is good, and nobody was wiped.
            assertThat(provider.accepts(tokens.access())).isTrue();
            assertThat(on.stored("acct").accessToken()).isNotEmpty();
            try (RunningOperator _ = successor(on, LATER)) {
                return Poll.until(
                        Enrolment.SOON,
                        () -> death + " ends as nothing",
                        () -> refreshed(on, provider, before, tokens.family()));
            }
        }
    }

    private static Optional<String> refreshed(
            Enrolment on, IdentityProvider provider, StoredTokens before, int family) {
        StoredTokens now = on.stored("acct");
        boolean renewed =
                !now.same(before)
                        && now.refreshToken().equals(provider.refreshToken(family).orElse(""));
        if (renewed && provider.reuses() == 0) {
            return Optional.of("renewed");
        }
        String credential = Enrolment.credential(on.status("acct"));
        return credential.equals("False RefreshLost") && now.same(before)
                ? Optional.of("RefreshLost")
                : Optional.empty();
    }

    @Test
    void aClaimOfADeadLeaderIsHonouredUntilItEndsAndThenTheTokenIsTriedOnceMore() {
        try (IdentityProvider provider = IdentityProvider.start()) {
            Enrolment on = namespace(provider);
            on.account("acct", "RefreshToken", "");
            on.tokens("acct", provider.login(), Duration.ofSeconds(100));
            StoredTokens before = on.stored("acct");
            Claim claim = Claim.of("dead", "1", Instant.now(), before);
            on.client()
                    .secrets()
                    .inNamespace(on.namespace())
                    .withName("acct-tokens")
                    .edit(secret ->
                            new SecretBuilder(secret)
                                    .editMetadata()
                                    .addToAnnotations(OAuthAnnotations.CLAIM, claim.text())
                                    .endMetadata()
                                    .build());
            try (RunningOperator _ = successor(on, Clock.systemUTC())) {
                on.until("acct", "is looked at", status -> status.credential() != null);
                on.untilCredential("acct", "Unknown Unverified");
            }
            assertThat(provider.calls("refresh_token")).isEmpty();

            try (RunningOperator _ = successor(on, LATER)) {
                on.untilStored("acct", "is refreshed", now -> !now.same(before));
            }
            assertThat(provider.calls("refresh_token")).hasSize(1);
            assertThat(provider.reuses()).isZero();
        }
    }

    @Test
    void aSignInThatIsCutOffAnywhereIsFinishedOrToBeDoneAgainAndNeverDoneTwice() throws Exception {
        List<String> outcomes = everywhere(7, OAuthStopsIT::signIn);

        // Reading both Secrets, claiming the grant, reading and storing the tokens, deleting the
        // grant, taking the annotation off.
        assertThat(outcomes.subList(0, 5)).allMatch(each -> each.endsWith(": signed in"));
        assertThat(outcomes.subList(5, 9)).allMatch(each -> each.endsWith(": sign in again"));
        assertThat(outcomes.subList(9, 14)).allMatch(each -> each.endsWith(": signed in"));
    }

    private static String signIn(MortalAt death) {
        try (IdentityProvider provider = IdentityProvider.start()) {
            Enrolment on = namespace(provider);
            on.account("acct", "AuthorizationCode", "");
            on.grant(
                    "acct",
                    "acct-login",
                    new LoginGrant(
                            OAuthSignInIT.code(provider), Instant.now().plus(LoginGrant.LIFE)));
            dies(on, death);
            Clock soon = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(100));
            try (RunningOperator _ = successor(on, soon)) {
                Poll.untilTrue(
                        Enrolment.SOON,
                        () -> death + ": the grant or its annotation stays",
                        () ->
                                on.find("acct-login").isEmpty()
                                        && !on.annotations("acct")
                                                .containsKey(OAuthAnnotations.GRANT));
                assertThat(provider.revokedFamilies()).isEmpty();
                assertThat(provider.calls("authorization_code")).hasSizeLessThanOrEqualTo(1);
                StoredTokens now = on.stored("acct");
                assertThat(now.accessToken().isEmpty() || provider.accepts(now.accessToken()))
                        .isTrue();
                return now.accessToken().isEmpty() ? "sign in again" : "signed in";
            }
        }
    }

    /// One run for each place where a process can end.
    private static List<String> everywhere(int calls, Function<MortalAt, String> run)
            throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<String>> runs = new ArrayList<>();
            for (int i = 0; i < 2 * calls; i++) {
                MortalAt death = new MortalAt(OAuthStopsIT::ofTheSignIn, i / 2 + 1, i % 2 == 1);
                runs.add(pool.submit(() -> death + ": " + run.apply(death)));
            }
            List<String> outcomes = new ArrayList<>();
            for (Future<String> each : runs) {
                outcomes.add(each.get());
            }
            return outcomes;
        }
    }

    /// What reads and writes for good; the client looks at an object once more before it patches
    /// it.
    private static boolean ofTheSignIn(HttpRequest request) {
        String path = request.uri().getPath();
        String query = request.uri().getQuery() == null ? "" : request.uri().getQuery();
        return switch (request.method()) {
            case "GET" -> query.contains("metadata.name=acct-");
            case "POST" -> path.endsWith("/secrets") && query.contains("oauth");
            default ->
                    path.matches(".*/secrets/acct-(tokens|login)")
                            || path.endsWith("/upstreamaccounts/acct");
        };
    }

    private static void dies(Enrolment on, MortalAt death) {
        try (RunningOperator _ =
                RunningOperator.launch(
                        RunningOperator.client(RunningOperator.config(CLUSTER.kubeconfig()), death),
                        new Scope.Own(on.namespace()),
                        _ -> new Pods())) {
            assertThat(death.diesWithin(LIFE_MILLIS)).as(death + ": " + death.calls()).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static RunningOperator successor(Enrolment on, Clock clock) {
        return RunningOperator.launch(
                RunningOperator.client(CLUSTER.kubeconfig()),
                new Scope.Own(on.namespace()),
                clock,
                _ -> new Pods());
    }

    private static Enrolment namespace(IdentityProvider provider) {
        String name = CLUSTER.namespace() + "-s" + NAMESPACES.incrementAndGet();
        CLUSTER.createNamespace(name, Map.of());
        Enrolment on = Enrolment.in(CLUSTER, provider, name);
        on.gateway();
        return on;
    }
}
