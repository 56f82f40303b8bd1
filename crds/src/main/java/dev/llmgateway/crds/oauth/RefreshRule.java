package dev.llmgateway.crds.oauth;

import dev.llmgateway.crds.api.Auth;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When a token is refreshed (spec/oauth.md): `refreshBefore` ahead of its end or at 70 % of its
/// life, whichever is earlier, but not in the first half of its life, which a short-lived token
/// would otherwise spend being refreshed; moved by up to 10 % of that time, lest accounts that
/// signed in together refresh together.
public final class RefreshRule {
    private static final double OF_LIFE = 0.7;
    private static final double AT_LEAST_OF_LIFE = 0.5;
    private static final double JITTER = 0.1;

    /// A refresh that was cut off is tried once more only when the old token is about to end: if it
    /// was spent, trying it again makes some providers revoke the access token as well.
    private static final Duration LAST_MOMENT = Duration.ofMinutes(1);

    private RefreshRule() {}

    public static RefreshDecision decide(RefreshFacts facts, Instant now) {
        StoredTokens tokens = facts.tokens();
        if (!facts.renewable()) {
            return unrenewable(tokens, now);
        }
        Optional<Refusal> refusal = facts.refusal().filter(each -> each.concerns(tokens));
        if (refusal.isPresent() && facts.grant() != Auth.Grant.ClientCredentials) {
            return new RefreshDecision.SignIn(refusal.get().reason());
        }
        Instant at = later(earliest(facts, now), facts.attempts().notBefore());
        if (at.equals(Instant.MAX)) {
            return new RefreshDecision.Rest();
        }
        return now.isBefore(at)
                ? new RefreshDecision.Wait(at)
                : new RefreshDecision.Refresh(cutOff(facts, now));
    }

    private static RefreshDecision unrenewable(StoredTokens tokens, Instant now) {
        if (tokens.accessToken().isEmpty()) {
            return new RefreshDecision.SignIn(SignInReason.AwaitingAuthorization);
        }
        if (!tokens.usable(now)) {
            return new RefreshDecision.SignIn(SignInReason.Expired);
        }
        return tokens.expiresAt()
                .<RefreshDecision>map(RefreshDecision.Wait::new)
                .orElseGet(RefreshDecision.Rest::new);
    }

    /// Not counting the pause after failures.
    private static Instant earliest(RefreshFacts facts, Instant now) {
        Optional<Claim> live = facts.claim().filter(claim -> claim.live(now));
        if (live.isPresent()) {
            return live.get().expires();
        }
        if (cutOff(facts, now)) {
            return facts.tokens().usable(now)
                    ? facts.tokens().expiresAt().map(end -> end.minus(LAST_MOMENT)).orElse(now)
                    : now;
        }
        return facts.asked() ? now : due(facts);
    }

    private static boolean cutOff(RefreshFacts facts, Instant now) {
        return facts.claim().filter(claim -> claim.leftover(now, facts.tokens())).isPresent();
    }

    /// `Instant.MAX`: when somebody asks.
    static Instant due(RefreshFacts facts) {
        StoredTokens tokens = facts.tokens();
        if (tokens.accessToken().isEmpty()) {
            return Instant.MIN;
        }
        return tokens.expiresAt().map(end -> due(facts, end)).orElse(Instant.MAX);
    }

    private static Instant due(RefreshFacts facts, Instant end) {
        Duration before = facts.refreshBefore();
        Duration life =
                facts.tokens()
                        .issuedAt()
                        .filter(issued -> issued.isBefore(end))
                        .map(issued -> Duration.between(issued, end))
                        .orElse(before.multipliedBy(2));
        double millis = life.toMillis();
        double latest = Math.min(OF_LIFE * millis, millis - before.toMillis());
        double chosen = Math.max(latest, AT_LEAST_OF_LIFE * millis);
        double moved = chosen * (1 + JITTER * jitter(facts.seed() + end));
        return end.minusMillis((long) (millis - moved));
    }

    /// -1 to 1.
    private static double jitter(String seed) {
        return Math.floorMod(seed.hashCode() * 0x9E3779B9, 2_001) / 1_000.0 - 1;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
