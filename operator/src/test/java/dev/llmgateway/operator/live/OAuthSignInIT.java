package dev.llmgateway.operator.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.TestCluster;
import dev.llmgateway.crds.oauth.LoginGrant;
import dev.llmgateway.crds.oauth.OAuthAnnotations;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.resource.UpstreamAccountStatus;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.State;
import dev.llmgateway.fixtures.idp.Endpoint;
import dev.llmgateway.fixtures.idp.Fault;
import dev.llmgateway.fixtures.idp.IdentityProvider;
import dev.llmgateway.fixtures.idp.Person;
import dev.llmgateway.fixtures.idp.ProviderSettings;
import dev.llmgateway.fixtures.idp.Tokens;
import dev.llmgateway.fixtures.process.Poll;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Every way into an account, and every way it can go wrong.
class OAuthSignInIT {
    @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

    private static final IdentityProvider PROVIDER = IdentityProvider.start();
    private static final Canaries CANARIES = Canaries.listen();
    private static final String VERIFIER = "v".repeat(43);

    /// S256 of the verifier.
    private static final String CHALLENGE = "7w_YNF9DSfIdPf_pRjSq646_kPr-2-o9NAl16JGghdM";

    private static @Nullable RunningOperator operator;
    private static @Nullable Enrolment enrolment;

    @BeforeAll
    static void start() {
        enrolment = Enrolment.in(CLUSTER, PROVIDER, CLUSTER.namespace());
        operator = RunningOperator.start(CLUSTER, new Pods(), CLUSTER.namespace());
        enrolment.gateway();
    }

    @AfterAll
    static void noFlowShowedASecret() {
        Objects.requireNonNull(operator).close();
        CANARIES.close();
        PROVIDER.close();
        assertThat(PROVIDER.secrets()).hasSizeGreaterThan(20);
        CANARIES.assertNoneIn(CLUSTER.client(), CLUSTER.namespace(), PROVIDER.secrets());
    }

    @AfterEach
    void heal() {
        PROVIDER.heal();
        PROVIDER.change(settings ->
                settings.with(new ProviderSettings.Client("test-client", Optional.empty()))
                        .with(new ProviderSettings.Said(Optional.empty(), Optional.empty())));
    }

    @Test
    void aPastedCodeIsRedeemedOnceAndItsGrantIsGone() {
        Enrolment on = on();
        on.account("pasted", "AuthorizationCode", "");
        on.untilCredential("pasted", "False AwaitingAuthorization");
        assertThat(on.object("pasted").getStatus().state()).isEqualTo(State.NeedsAuthorization);

        on.grant("pasted", "pasted-login-1", grant(code()));

        on.untilResult("pasted", OAuthAnnotations.GRANT, "signed in");
        UpstreamAccountStatus status = on.untilCredential("pasted", "True Verified");
        assertThat(status.state()).isIn(State.Active, State.Pending);
        assertThat(Objects.requireNonNull(status.credential()).expiresAt()).isNotNull();
        assertThat(status.credential().lastRefreshTime()).isNotNull();
        assertThat(on.find("pasted-login-1")).isEmpty();
        StoredTokens stored = on.stored("pasted");
        assertThat(PROVIDER.accepts(stored.accessToken())).isTrue();
        Secret secret = on.find("pasted-tokens").orElseThrow();
        assertThat(secret.getMetadata().getOwnerReferences()).isEmpty();
        assertThat(secret.getMetadata().getLabels())
                .containsEntry("llm-gateway.dev/credentials", "true");
        assertThat(secret.getMetadata().getAnnotations())
                .containsEntry("argocd.argoproj.io/sync-options", "Prune=false");
        assertThat(secret.getMetadata().getManagedFields())
                .extracting(each -> each.getManager())
                .containsOnly(OAuthAnnotations.FIELD_MANAGER);
        Poll.untilTrue(
                Enrolment.SOON,
                () -> "the access token reaches the pods, and nothing else of the Secret",
                () ->
                        credentials("pasted-tokens")
                                .equals(Map.of("access-token", stored.accessToken())));
    }

    @Test
    void aSecondSignInReplacesALiveOne() {
        Enrolment on = on();
        on.account("twice", "AuthorizationCode", "");
        on.grant("twice", "twice-login-1", grant(code()));
        on.untilResult("twice", OAuthAnnotations.GRANT, "signed in");
        StoredTokens first = on.stored("twice");

        on.grant("twice", "twice-login-2", grant(code()));

        StoredTokens second =
                on.untilStored("twice", "holds newer tokens", now -> !now.same(first));
        on.untilResult("twice", OAuthAnnotations.GRANT, "signed in");
        assertThat(PROVIDER.accepts(second.accessToken())).isTrue();
        assertThat(second.previousRefreshToken()).isEmpty();
        on.untilCredential("twice", "True Verified");
    }

    @Test
    void tokensThatTheLaptopRedeemedAreTakenOver() {
        Enrolment on = on();
        on.account("laptop", "AuthorizationCode", "");
        Tokens tokens = PROVIDER.login();
        StoredTokens redeemed =
                new StoredTokens(
                        tokens.access(),
                        tokens.refresh(),
                        "",
                        Optional.of(Instant.now()),
                        Optional.of(tokens.expiresAt()),
                        "");

        on.grant("laptop", "laptop-login", grant(new LoginGrant.Proof.Redeemed(redeemed)));

        on.untilResult("laptop", OAuthAnnotations.GRANT, "signed in");
        assertThat(on.stored("laptop").same(redeemed)).isTrue();
    }

    @Test
    void whatIsWrongWithAGrantIsSaidAndTheLoginBeforeItStays() {
        Enrolment on = on();
        on.account("wrong", "AuthorizationCode", "");
        on.tokens("wrong", PROVIDER.login(), Duration.ofHours(2));
        StoredTokens before = on.stored("wrong");

        LoginGrant old = new LoginGrant(code(), Instant.now().minusSeconds(1));
        on.grant("wrong", "expired", old);
        assertThat(on.untilResult("wrong", OAuthAnnotations.GRANT, "took too long"))
                .endsWith("sign in again");
        assertThat(on.find("expired")).isEmpty();

        on.grant("wrong", "foreign", grant(code()));
        on.untilResult("wrong", OAuthAnnotations.GRANT, "signed in");
        assertThat(on.stored("wrong").same(before)).isFalse();
        before = on.stored("wrong");
        on.client()
                .resource(
                        on.secret(
                                "victim", OAuthAnnotations.GRANT_TYPE, grant(code()).data(), true))
                .create();
        on.annotate("wrong", OAuthAnnotations.GRANT, grant(code()).annotation("victim"));
        on.untilResult("wrong", OAuthAnnotations.GRANT, "not the one the annotation names");
        assertThat(on.find("victim")).isPresent();

        on.client().resource(on.secret("no-grant", "Opaque", grant(code()).data(), true)).create();
        on.annotate("wrong", OAuthAnnotations.GRANT, grant(code()).annotation("no-grant"));
        on.untilResult("wrong", OAuthAnnotations.GRANT, "Secret no-grant is no released");
        assertThat(on.find("no-grant")).isPresent();

        on.annotate("wrong", OAuthAnnotations.GRANT, "nonsense");
        on.untilResult("wrong", OAuthAnnotations.GRANT, "names no login grant");

        PROVIDER.next(Endpoint.Token, new Fault.OAuthError(400, "invalid_grant"));
        on.grant("wrong", "refused", grant(code()));
        on.untilResult("wrong", OAuthAnnotations.GRANT, "refused the code (400, invalid_grant)");
        assertThat(on.find("refused")).isEmpty();

        PROVIDER.next(Endpoint.Token, new Fault.Status(503));
        on.grant("wrong", "unavailable", grant(code()));
        on.untilResult("wrong", OAuthAnnotations.GRANT, "the token endpoint answered 503");
        assertThat(on.stored("wrong").same(before)).isTrue();
        on.untilCredential("wrong", "True Verified");
    }

    @Test
    void aDeviceCodeIsShownAndPolledUntilThePersonHasAgreedAndMovesTheBaseURL() {
        PROVIDER.change(settings -> settings.withResourceURL("http://127.0.0.1:1/moved"));
        Enrolment on = on();
        on.account("device", "Qwen", "DeviceCode", ", clientID: test-client");
        on.annotate("device", OAuthAnnotations.DEVICE, "one");

        UpstreamAccountStatus.OAuthProgress shown = shown("device");
        assertThat(shown.verificationURL()).startsWith(PROVIDER.issuer().toString());
        assertThat(shown.expiresAt()).isNotNull();
        assertThat(PROVIDER.approve(Objects.requireNonNull(shown.userCode()))).isTrue();

        on.untilResult("device", OAuthAnnotations.DEVICE, "signed in");
        on.until(
                "device",
                "shows no code any more",
                status -> Objects.requireNonNull(status.oauth()).userCode() == null);
        assertThat(on.stored("device").resourceURL()).isEqualTo("http://127.0.0.1:1/moved");
        Poll.untilTrue(
                Enrolment.SOON,
                () -> "the base URL travels beside the token",
                () ->
                        credentials("device-tokens")
                                .getOrDefault("resource-url", "")
                                .equals("http://127.0.0.1:1/moved"));
    }

    @Test
    void aDeniedDeviceCodeSaysSoAndChangesNothing() {
        Enrolment on = on();
        on.account("denied", "DeviceCode", "");
        on.annotate("denied", OAuthAnnotations.DEVICE, "one");

        PROVIDER.deny(Objects.requireNonNull(shown("denied").userCode()));

        on.untilResult("denied", OAuthAnnotations.DEVICE, "said no");
        assertThat(on.find("denied-tokens")).isEmpty();
        on.untilCredential("denied", "False AwaitingAuthorization");
    }

    @Test
    void clientCredentialsNeedNobody() {
        PROVIDER.change(settings ->
                settings.with(
                        new ProviderSettings.Client("test-client", Optional.of("hush-hush"))));
        Enrolment on = on();
        on.client()
                .resource(on.secret("client", "Opaque", Map.of("secret", "hush-hush"), false))
                .create();

        on.account(
                "machine", "ClientCredentials", ", clientSecretRef: {name: client, key: secret}");

        on.untilCredential("machine", "True Verified");
        assertThat(PROVIDER.accepts(on.stored("machine").accessToken())).isTrue();
        assertThat(PROVIDER.calls("client_credentials")).hasSize(1);
    }

    @Test
    void aSignOutRevokesAndForgetsAndOfAForeignSecretTheTokensAlone() {
        Enrolment on = on();
        on.account("out", "AuthorizationCode", "");
        on.grant("out", "out-login", grant(code()));
        on.untilResult("out", OAuthAnnotations.GRANT, "signed in");
        StoredTokens tokens = on.stored("out");

        on.annotate("out", OAuthAnnotations.LOGOUT, "now");

        on.untilCredential("out", "False AwaitingAuthorization");
        on.untilResult("out", OAuthAnnotations.LOGOUT, "signed out");
        assertThat(on.find("out-tokens")).isEmpty();
        assertThat(PROVIDER.accepts(tokens.accessToken())).isFalse();

        on.account("hand", "AuthorizationCode", "");
        Secret made =
                on.secret(
                        "hand-tokens",
                        "Opaque",
                        Map.of("access-token", "a-by-hand", "mine", "kept"),
                        false);
        on.client().resource(made).create();
        on.until("hand", "is resolved", status -> status.credential() != null);
        on.annotate("hand", OAuthAnnotations.LOGOUT, "now");
        on.untilResult("hand", OAuthAnnotations.LOGOUT, "signed out");
        assertThat(on.find("hand-tokens").orElseThrow().getData()).containsOnlyKeys("mine");
    }

    @Test
    void aSecretThatIsNotReleasedIsNeitherReadNorWritten() {
        Enrolment on = on();
        Secret foreign = on.secret("taken-tokens", "Opaque", Map.of("access-token", "x-1"), false);
        foreign.getMetadata().setLabels(Map.of());
        on.client().resource(foreign).create();
        on.account("taken", "AuthorizationCode", "");

        on.grant("taken", "taken-login", grant(code()));

        on.untilResult("taken", OAuthAnnotations.GRANT, "exists and is not released for use");
        assertThat(on.stored("taken").accessToken()).isEqualTo("x-1");
    }

    private static UpstreamAccountStatus.OAuthProgress shown(String account) {
        return Objects.requireNonNull(
                on().until(
                                account,
                                "shows a code",
                                status ->
                                        status.oauth() != null && status.oauth().userCode() != null)
                        .oauth());
    }

    /// What the bundle holds of a Secret.
    private static Map<String, String> credentials(String secret) {
        Map<String, String> values = new HashMap<>();
        Bundle.read(CLUSTER.client(), CLUSTER.namespace(), "main")
                .ifPresent(bundle ->
                        bundle.credentials().entrySet().stream()
                                .filter(each -> each.getKey().secret().equals(secret))
                                .forEach(each -> values.put(each.getKey().key(), each.getValue())));
        return values;
    }

    private static LoginGrant grant(LoginGrant.Proof proof) {
        return new LoginGrant(proof, Instant.now().plus(LoginGrant.LIFE));
    }

    /// Somebody signed in at the provider's page, which shows a code to be pasted.
    static LoginGrant.Proof.Code code(IdentityProvider provider) {
        URI redirect = provider.url(Endpoint.ShownCode);
        URI page =
                URI.create(
                        provider.url(Endpoint.Authorize)
                                + "?response_type=code&client_id=test-client&state=s-1"
                                + "&code_challenge_method=S256&code_challenge="
                                + CHALLENGE
                                + "&redirect_uri="
                                + redirect);
        try (Person person = Person.atBrowser()) {
            String shown = person.reads(person.agrees(page));
            return new LoginGrant.Proof.Code(
                    List.of(shown.split("#", -1)).getFirst(), VERIFIER, redirect.toString(), "s-1");
        }
    }

    private static LoginGrant.Proof.Code code() {
        return code(PROVIDER);
    }

    private static Enrolment on() {
        return Objects.requireNonNull(enrolment);
    }
}
