package dev.llmgateway.operator.oauth;

import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.compile.SignIn;
import dev.llmgateway.crds.endpoint.Reply;
import dev.llmgateway.crds.oauth.Attempts;
import dev.llmgateway.crds.oauth.Claim;
import dev.llmgateway.crds.oauth.Form;
import dev.llmgateway.crds.oauth.OAuthAnnotations;
import dev.llmgateway.crds.oauth.RefreshDecision;
import dev.llmgateway.crds.oauth.RefreshFacts;
import dev.llmgateway.crds.oauth.RefreshOutcome;
import dev.llmgateway.crds.oauth.RefreshRule;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.plan.ObjectRef;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;

/// One refresh (spec/oauth.md): read, claim, ask, store. Leading is no fence, since a leader may
/// sleep and wake up as a former one; the claim is.
final class Refresher {
    /// A claim that is older than this is not used any more: a question takes 15 s, and storing the
    /// answer its time.
    private static final Duration CLAIM_FRESH =
            Claim.LIFE.minusMillis(Form.TIMEOUT_MILLIS).minus(Duration.ofSeconds(15));

    private final TokenSecrets secrets;
    private final TokenKeeper keeper;
    private final Slots slots;
    private final Ending ending;
    private final String holder;
    private final Clock clock;

    /// @param holder name of this process
    Refresher(
            TokenSecrets secrets,
            TokenKeeper keeper,
            Slots slots,
            Ending ending,
            String holder,
            Clock clock) {
        this.secrets = secrets;
        this.keeper = keeper;
        this.slots = slots;
        this.ending = ending;
        this.holder = holder;
        this.clock = clock;
    }

    /// @param wish for a refresh; empty: none
    /// @param refused fingerprint of a token that an upstream refuses; empty: none
    record Job(SignIn signIn, Provider provider, Attempts attempts, String wish, String refused) {
        ObjectRef secret() {
            return new ObjectRef(signIn.account().namespace(), signIn.secret());
        }

        RefreshFacts facts(TokenSecret secret) {
            return facts(signIn, secret, attempts, secret.asked(wish, refused));
        }

        static RefreshFacts facts(
                SignIn signIn, TokenSecret secret, Attempts attempts, boolean asked) {
            return new RefreshFacts(
                    signIn.settings().grant(),
                    signIn.settings().refreshBefore(),
                    secret.tokens(),
                    secret.claim(),
                    secret.refusal(),
                    attempts,
                    asked,
                    signIn.uid());
        }
    }

    Refreshed run(Job job) {
        TokenSecret live = secrets.read(job.secret());
        return switch (RefreshRule.decide(job.facts(live), clock.instant())) {
            case RefreshDecision.Wait(var until) -> new Refreshed.NotNow(live, until);
            case RefreshDecision.Rest() -> new Refreshed.NotNow(live, Instant.MAX);
            case RefreshDecision.SignIn(var reason) -> new Refreshed.NeedsSignIn(live, reason);
            case RefreshDecision.Refresh(var again) -> claim(job, live, again);
        };
    }

    private Refreshed claim(Job job, TokenSecret live, boolean again) {
        if (!live.writable()) {
            return new Refreshed.Failed(
                    live, failed(job, "Secret " + live.ref().name() + " is immutable"));
        }
        long begin = System.nanoTime();
        Claim claim =
                Claim.of(holder, UUID.randomUUID().toString(), clock.instant(), live.tokens());
        Optional<TokenSecret> claimed = write(job, live, claim);
        if (claimed.isEmpty()) {
            return new Refreshed.Overtaken(live);
        }
        if (!claimed.get().tokens().same(live.tokens())) {
            return new Refreshed.Renewed(keeper.release(claimed.get()));
        }
        try {
            ending.pause(slots.pause());
        } catch (CancellationException e) {
            keeper.release(claimed.get()); // nothing was spent
            throw e;
        }
        // This process may have slept; its claim has not.
        return System.nanoTime() - begin > CLAIM_FRESH.toNanos()
                ? new Refreshed.Overtaken(keeper.release(claimed.get()))
                : ask(job, claimed.get(), again);
    }

    /// Empty: somebody else was faster.
    private Optional<TokenSecret> write(Job job, TokenSecret live, Claim claim) {
        try {
            return Optional.of(
                    live.exists()
                            ? secrets.annotate(live, Map.of(OAuthAnnotations.CLAIM, claim.text()))
                            : secrets.create(
                                    live.ref(),
                                    job.signIn().account().name(),
                                    StoredTokens.NONE,
                                    Map.of(OAuthAnnotations.CLAIM, claim.text())));
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            // Also our own write, whose answer was lost and which was sent again.
            return Optional.of(secrets.read(live.ref()))
                    .filter(now -> now.claim().filter(claim::equals).isPresent());
        }
    }

    private Refreshed ask(Job job, TokenSecret claimed, boolean again) {
        StoredTokens before = claimed.tokens();
        boolean unattended = job.signIn().settings().grant() == Auth.Grant.ClientCredentials;
        Form form =
                unattended
                        ? job.provider().requests().clientCredentials()
                        : job.provider().requests().refresh(before.refreshToken());
        Reply reply = job.provider().endpoints().ask(form);
        Instant now = clock.instant();
        RefreshOutcome outcome =
                RefreshOutcome.of(reply.answer(), before, job.attempts(), again, now);
        return switch (outcome) {
            case RefreshOutcome.Store(var tokens) ->
                    new Refreshed.Renewed(keeper.keep(claimed, tokens, job.wish()));
            // The token may be spent: the claim runs out and tells the next attempt.
            case RefreshOutcome.Later(var attempts) when reply.perhapsDone() && !unattended ->
                    new Refreshed.Failed(claimed, attempts);
            case RefreshOutcome.Later(var attempts) ->
                    new Refreshed.Failed(keeper.release(claimed), attempts);
            case RefreshOutcome.Refused(var refusal) -> {
                TokenSecret left = keeper.refuse(claimed, refusal);
                yield left.tokens().same(before)
                        ? new Refreshed.NeedsSignIn(left, refusal.reason())
                        : new Refreshed.Renewed(left); // a sibling's
            }
        };
    }

    private Attempts failed(Job job, String why) {
        return job.attempts().failed(clock.instant(), why, Optional.empty());
    }
}
