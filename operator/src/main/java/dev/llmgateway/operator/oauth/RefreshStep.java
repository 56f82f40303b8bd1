package dev.llmgateway.operator.oauth;

import dev.llmgateway.crds.oauth.Attempts;
import dev.llmgateway.crds.oauth.OAuthAnnotations;
import dev.llmgateway.crds.oauth.RefreshDecision;
import dev.llmgateway.crds.oauth.RefreshRule;
import dev.llmgateway.crds.oauth.SignInReason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Refreshes when it is time, when a person asks, and when an upstream refused the token.
final class RefreshStep {
    static final String NO_CLIENT_SECRET =
            "auth.oauth.clientSecretRef names no released Secret with that key";

    /// An upstream that refuses every token gets a new one at most this often.
    private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

    private final Refresher refresher;
    private final Slots slots;
    private final OAuthMeters meters;
    private final Clock clock;

    RefreshStep(Refresher refresher, Slots slots, OAuthMeters meters, Clock clock) {
        this.refresher = refresher;
        this.slots = slots;
        this.meters = meters;
        this.clock = clock;
    }

    /// @param wake looks at the account again; returns at once
    Turn take(Look look, Known before, Optional<Provider> provider, Runnable wake) {
        Known known = heed(look, before);
        String wish = look.wishes().refresh();
        if (!wish.isEmpty() && wish.equals(look.secret().fulfilled())) {
            return done(look, known, look.secret());
        }
        boolean asked = look.secret().asked(wish, known.askedFor());
        return switch (RefreshRule.decide(look.facts(known.attempts(), asked), look.now())) {
            case RefreshDecision.Refresh _ -> {
                if (provider.isEmpty()) {
                    yield ended(look, known, failed(known, look.now()), NO_CLIENT_SECRET);
                }
                Refresher.Job job =
                        new Refresher.Job(
                                look.signIn(),
                                provider.get(),
                                known.attempts(),
                                wish,
                                known.askedFor());
                yield refresh(look, known, job, wake);
            }
            case RefreshDecision.Wait(var until) -> waiting(look, known, until);
            case RefreshDecision.Rest() -> waiting(look, known, Instant.MAX);
            case RefreshDecision.SignIn(var reason) -> signIn(look, known, look.secret(), reason);
        };
    }

    /// Once for each token that is refused.
    private static Known heed(Look look, Known known) {
        String token = look.secret().tokens().fingerprint();
        boolean due = !known.askedFor().equals(token) && !look.now().isBefore(known.askAgain());
        return due && look.refused().contains(token)
                ? known.asking(token, look.now().plus(ASK_AGAIN))
                : known;
    }

    private Turn refresh(Look look, Known known, Refresher.Job job, Runnable wake) {
        if (!slots.take(wake)) {
            return Turn.at(known, Instant.MAX); // woken when one is free
        }
        try {
            return judge(look, known, refresher.run(job));
        } finally {
            slots.giveBack();
        }
    }

    private Turn judge(Look look, Known known, Refreshed refreshed) {
        Instant now = clock.instant();
        return switch (refreshed) {
            case Refreshed.Renewed(var secret) -> {
                meters.refreshed(look.signIn(), "renewed");
                yield done(look, known.with(Attempts.NONE), secret);
            }
            case Refreshed.NotNow(var secret, var until) -> Turn.of(known, secret, until);
            case Refreshed.Overtaken(var secret) -> Turn.of(known, secret, now.plusMillis(200));
            case Refreshed.Failed(var secret, var attempts) -> {
                meters.refreshed(look.signIn(), "failed");
                yield ended(
                        look,
                        known,
                        attempts,
                        "the token endpoint " + attempts.lastFailure(),
                        secret);
            }
            case Refreshed.NeedsSignIn(var secret, var reason) -> {
                meters.refreshed(look.signIn(), reason.name());
                yield signIn(look, known, secret, reason);
            }
        };
    }

    private Turn done(Look look, Known known, TokenSecret secret) {
        if (look.wishes().refresh().isEmpty()) {
            return Turn.of(known, secret, Instant.MIN);
        }
        return Turn.fulfilled(
                OAuthAnnotations.REFRESH,
                known.with(Outcome.done("refreshed", clock.instant(), secret)),
                secret);
    }

    private static Attempts failed(Known known, Instant now) {
        return known.attempts().failed(now, NO_CLIENT_SECRET, Optional.empty());
    }

    private Turn ended(Look look, Known known, Attempts attempts, String why) {
        return ended(look, known, attempts, why, look.secret());
    }

    private Turn ended(Look look, Known known, Attempts attempts, String why, TokenSecret secret) {
        Known after = known.with(attempts);
        return look.wishes().refresh().isEmpty()
                ? Turn.of(after, secret, attempts.notBefore())
                : refused(after, secret, why);
    }

    private Turn waiting(Look look, Known known, Instant until) {
        boolean claimed = look.secret().claim().filter(claim -> claim.live(look.now())).isPresent();
        return look.wishes().refresh().isEmpty() || claimed
                ? Turn.at(known, until)
                : refused(
                        known,
                        look.secret(),
                        "it is tried again at " + until + ", not before that");
    }

    private Turn signIn(Look look, Known known, TokenSecret secret, SignInReason reason) {
        return look.wishes().refresh().isEmpty()
                ? Turn.of(known, secret, end(secret))
                : refused(known, secret, "somebody has to sign in (" + reason + ")");
    }

    /// Of a token in use: its status changes then.
    private Instant end(TokenSecret secret) {
        return secret.tokens().expiresAt().filter(clock.instant()::isBefore).orElse(Instant.MAX);
    }

    private Turn refused(Known known, TokenSecret secret, String why) {
        String text = "refresh failed: " + why + "; the token in use stays";
        return Turn.fulfilled(
                OAuthAnnotations.REFRESH,
                known.with(Outcome.failed(text, clock.instant())),
                secret);
    }
}
