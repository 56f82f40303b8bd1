package dev.llmgateway.operator.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.TestCluster;
import dev.llmgateway.crds.oauth.OAuthAnnotations;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.resource.UpstreamAccountStatus;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.State;
import dev.llmgateway.fixtures.figures.Figures;
import dev.llmgateway.fixtures.figures.Promise;
import dev.llmgateway.fixtures.idp.Call;
import dev.llmgateway.fixtures.idp.Endpoint;
import dev.llmgateway.fixtures.idp.Fault;
import dev.llmgateway.fixtures.idp.IdentityProvider;
import dev.llmgateway.fixtures.idp.Tokens;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.operator.snapshot.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens that are about to end, with two operators at work as if both led: leading is no fence.
class OAuthRefreshIT {
    @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

    private static final AtomicInteger NAMESPACES = new AtomicInteger();
    private static final Duration NEARLY_OVER = Duration.ofSeconds(90);

    private final IdentityProvider provider = IdentityProvider.start();
    private final Pods pods = new Pods();
    private final Canaries canaries = Canaries.listen();
    private @Nullable Enrolment enrolment;
    private final List<RunningOperator> operators = new ArrayList<>();

    @AfterEach
    void nothingSecretWasShown() {
        operators.forEach(RunningOperator::close);
        canaries.close();
        provider.close();
        canaries.assertNoneIn(
                CLUSTER.client(),
                Objects.requireNonNull(enrolment).namespace(),
                provider.secrets());
    }

    @Test
    void eightParallelRequestsNearTheEndMakeExactlyOneRefreshAndLoseNothing() {
        askedInParallel(8);
    }

    @Test
    @Tag("full")
    void fiftyParallelRequestsNearTheEndMakeExactlyOneRefreshAndLoseNothing() {
        askedInParallel(50);
    }

    /// Requests as pods make them: their upstream refuses the token.
    private void askedInParallel(int requests) {
        Enrolment on = namespace();
        Tokens tokens = provider.login();
        provider.next(Endpoint.Token, new Fault.Delayed(Duration.ofSeconds(1), new Fault.None()));
        on.account("acct", "RefreshToken", "");
        on.tokens("acct", tokens, NEARLY_OVER);
        StoredTokens before = on.stored("acct");
        operate(on);
        operate(on);

        for (int i = 0; i < requests; i++) {
            int number = i;
            operators.forEach(operator ->
                    Thread.ofVirtual()
                            .start(() ->
                                    operator.wiring()
                                            .oauth()
                                            .look(
                                                    on.object("acct"),
                                                    Set.of(before.fingerprint(), "x" + number))));
        }

        StoredTokens after = on.untilStored("acct", "holds newer tokens", now -> !now.same(before));
        on.until(
                "acct",
                "shows the newer token",
                status ->
                        status.credential() != null
                                && after.fingerprint().equals(status.credential().fingerprint()));
        Poll.untilTrue(Enrolment.SOON, () -> "the claim stays", () -> notes(on, "acct").isEmpty());
        assertThat(provider.calls("refresh_token")).hasSize(1);
        assertThat(provider.reuses()).isZero();
        assertThat(after.previousRefreshToken()).isEqualTo(tokens.refresh());
        assertThat(provider.refreshToken(tokens.family())).contains(after.refreshToken());
    }

    @Test
    void aWishForARefreshIsFulfilledOnceByWhomever() {
        Enrolment on = namespace();
        on.account("acct", "RefreshToken", "");
        on.tokens("acct", provider.login(), Duration.ofHours(5));
        operate(on);
        operate(on);
        on.until("acct", "is resolved", status -> status.credential() != null);

        on.annotate("acct", OAuthAnnotations.REFRESH, "one");

        on.untilResult("acct", OAuthAnnotations.REFRESH, "refreshed");
        on.untilCredential("acct", "True Verified");
        assertThat(provider.calls("refresh_token")).hasSize(1);

        provider.next(Endpoint.Token, new Fault.Status(500));
        on.annotate("acct", OAuthAnnotations.REFRESH, "two");
        on.untilResult("acct", OAuthAnnotations.REFRESH, "answered 500");
        assertThat(provider.reuses()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "malformed", "cut", "lost"})
    void whateverTheEndpointDoesTheTokenInUseStays(String how) {
        stays(how);
    }

    /// Takes the 15 s after which a question is given up.
    @ParameterizedTest
    @ValueSource(strings = {"silent", "slow"})
    @Tag("full")
    void howeverLongTheEndpointTakesTheTokenInUseStays(String how) {
        stays(how);
    }

    private void stays(String how) {
        Fault fault =
                switch (how) {
                    case "status" -> new Fault.Status(500);
                    case "malformed" -> new Fault.Malformed();
                    case "silent" -> new Fault.Silent();
                    case "cut" -> new Fault.Cut();
                    case "slow" -> new Fault.Late(Duration.ofSeconds(30));
                    default -> new Fault.Lost();
                };
        provider.always(Endpoint.Token, fault);
        Enrolment on = namespace();
        Tokens tokens = provider.login();
        on.account("acct", "RefreshToken", "");
        on.tokens("acct", tokens, Duration.ofMinutes(4));
        operate(on);

        UpstreamAccountStatus status = on.untilCredential("acct", "True RefreshFailed");

        on.until("acct", "serves", each -> each.state() == State.Active);
        assertThat(Objects.requireNonNull(status.credential()).consecutiveRefreshFailures())
                .isPositive();
        assertThat(on.stored("acct").accessToken()).isEqualTo(tokens.access());
        // Shown again, a spent token would end the token in use as well: the claim that tells so
        // stays, but where the endpoint said that it did nothing.
        if (how.equals("status")) {
            Poll.untilTrue(
                    Enrolment.SOON,
                    () -> "the claim stays",
                    () -> !notes(on, "acct").containsKey(OAuthAnnotations.CLAIM));
        } else {
            assertThat(notes(on, "acct")).containsKey(OAuthAnnotations.CLAIM);
        }
        assertThat(provider.accepts(tokens.access())).isTrue();
        assertThat(provider.reuses()).isZero();
        if (how.equals("status")) {
            provider.heal();
            on.untilCredential("acct", "True Verified");
        }
    }

    @Test
    void aTokenThatAnUpstreamRefusesIsRenewedOnce() {
        Enrolment on = namespace();
        on.account("acct", "RefreshToken", "");
        on.tokens("acct", provider.login(), Duration.ofHours(5));
        StoredTokens before = on.stored("acct");
        operate(on);
        on.until("acct", "is resolved", status -> status.credential() != null);

        pods.refuse(
                new ObjectRef(on.namespace(), "main"),
                on.object("acct").getMetadata().getUid(),
                before.fingerprint());

        on.untilStored("acct", "is renewed", now -> !now.same(before));
        on.until(
                "acct",
                "shows the newer token",
                status ->
                        status.credential() != null
                                && on.stored("acct")
                                        .fingerprint()
                                        .equals(status.credential().fingerprint()));
        // The pods go on telling of the old one.
        on.annotate("acct", "llm-gateway.dev/look", "again");
        on.untilCredential("acct", "False Rejected");
        assertThat(provider.calls("refresh_token")).hasSize(1);
    }

    @Test
    void aTokenThatIsRefusedForGoodIsNeverShownAgainAndNothingIsWiped() {
        Enrolment on = namespace();
        Tokens tokens = provider.login();
        provider.always(Endpoint.Token, new Fault.OAuthError(500, "invalid_grant"));
        on.account("acct", "RefreshToken", "");
        on.tokens("acct", tokens, NEARLY_OVER);
        StoredTokens before = on.stored("acct");
        operate(on);
        operate(on);

        UpstreamAccountStatus status = on.untilCredential("acct", "False InvalidGrant");

        assertThat(status.state()).isEqualTo(State.NeedsAuthorization);
        assertThat(on.stored("acct")).isEqualTo(before);
        Poll.untilTrue(
                Enrolment.SOON,
                () -> "an Event tells",
                () ->
                        on
                                .client()
                                .events()
                                .v1()
                                .events()
                                .inNamespace(on.namespace())
                                .list()
                                .getItems()
                                .stream()
                                .anyMatch(event -> "InvalidGrant".equals(event.getReason())));
        on.annotate("acct", OAuthAnnotations.REFRESH, "please");
        on.untilResult("acct", OAuthAnnotations.REFRESH, "somebody has to sign in");
        assertThat(provider.calls("refresh_token")).hasSize(1);
    }

    @Test
    void aSiblingsNewerTokenIsUsedWhenOursIsRefused() {
        Enrolment on = namespace();
        provider.next(
                Endpoint.Token,
                new Fault.Delayed(
                        Duration.ofSeconds(2), new Fault.OAuthError(400, "invalid_grant")));
        on.account("acct", "RefreshToken", "");
        on.tokens("acct", provider.login(), NEARLY_OVER);
        operate(on);
        Poll.untilTrue(
                Enrolment.SOON,
                () -> "the provider was asked",
                () -> !provider.calls("refresh_token").isEmpty());

        Tokens sibling = provider.login();
        StoredTokens newer =
                new StoredTokens(
                        sibling.access(),
                        sibling.refresh(),
                        "",
                        Optional.of(Instant.now()),
                        Optional.of(sibling.expiresAt()),
                        "");
        on.client().resource(on.secret("acct-tokens", "Opaque", newer.data(), false)).update();

        on.untilCredential("acct", "True Verified");
        assertThat(on.stored("acct")).isEqualTo(newer);
    }

    @Test
    void manyThatEndTogetherAreRefreshedAtMostFiveASecond() {
        atOnce(15);
    }

    @Test
    @Tag("full")
    void aHundredThatEndTogetherAreRefreshedAtMostFiveASecond() {
        atOnce(100);
    }

    private void atOnce(int accounts) {
        Enrolment on = namespace();
        for (int i = 0; i < accounts; i++) {
            on.account("acct-" + i, "RefreshToken", "");
            on.tokens("acct-" + i, provider.login(), NEARLY_OVER);
        }
        operate(on);

        Poll.untilTrue(
                Duration.ofMinutes(3),
                () -> "refreshed are " + provider.calls("refresh_token").size(),
                () ->
                        IntStream.range(0, accounts)
                                .allMatch(i ->
                                        !on.stored("acct-" + i).previousRefreshToken().isEmpty()));
        assertThat(provider.calls("refresh_token")).hasSize(accounts);
        assertThat(provider.reuses()).isZero();
        assertThat(provider.peak()).isLessThanOrEqualTo(4);
        Figures.note(
                "R22",
                "refreshes in the fullest second while %d end together".formatted(accounts),
                fullestSecond(provider.calls("refresh_token")),
                "refreshes",
                Promise.atMost(6)); // one arrived late at the window's begin
    }

    private static int fullestSecond(List<Call> calls) {
        return calls.stream()
                .map(Call::at)
                .mapToInt(begin -> within(calls, begin, begin.plusSeconds(1)))
                .max()
                .orElse(0);
    }

    private static int within(List<Call> calls, Instant begin, Instant end) {
        return (int)
                calls.stream()
                        .map(Call::at)
                        .filter(at -> !at.isBefore(begin) && at.isBefore(end))
                        .count();
    }

    private Enrolment namespace() {
        String name = CLUSTER.namespace() + "-r" + NAMESPACES.incrementAndGet();
        CLUSTER.createNamespace(name, Map.of());
        Enrolment on = Enrolment.in(CLUSTER, provider, name);
        on.gateway();
        enrolment = on;
        return on;
    }

    private void operate(Enrolment on) {
        operators.add(
                RunningOperator.start(
                        RunningOperator.client(CLUSTER.kubeconfig()),
                        new Scope.Own(on.namespace()),
                        _ -> pods));
    }

    /// Of the token Secret: claim and refusal.
    private static Map<String, String> notes(Enrolment on, String account) {
        Map<String, String> notes =
                on.find(account + "-tokens").orElseThrow().getMetadata().getAnnotations();
        Map<String, String> ours = new TreeMap<>(notes == null ? Map.of() : notes);
        ours.keySet().retainAll(List.of(OAuthAnnotations.CLAIM, OAuthAnnotations.REFUSED));
        return ours;
    }
}
