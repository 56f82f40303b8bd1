package dev.llmgateway.crds.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefreshOutcomeTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    private static final StoredTokens BEFORE =
            RefreshRuleTest.tokens("rt-1", NOW.minusSeconds(3_000), NOW.plusSeconds(600));

    @Test
    void newTokensAreStored() {
        TokenAnswer.Tokens answer =
                new TokenAnswer.Tokens("at-2", "rt-2", Optional.of(Duration.ofHours(1)), "");

        assertThat(of(answer, false))
                .isEqualTo(new RefreshOutcome.Store(BEFORE.refreshed(answer, NOW)));
    }

    @Test
    void aRefusedGrantIsRememberedByItsFingerprint() {
        TokenAnswer refused = new TokenAnswer.Refused(400, "invalid_grant");

        assertThat(of(refused, false))
                .isEqualTo(
                        new RefreshOutcome.Refused(Refusal.of(BEFORE, SignInReason.InvalidGrant)));
        assertThat(of(refused, true))
                .isEqualTo(
                        new RefreshOutcome.Refused(Refusal.of(BEFORE, SignInReason.RefreshLost)));
    }

    @Test
    void everythingElseIsTriedAgain() {
        assertThat(of(new TokenAnswer.Refused(401, "invalid_client"), false))
                .isInstanceOfSatisfying(
                        RefreshOutcome.Later.class,
                        later -> {
                            assertThat(later.attempts().failures()).isEqualTo(1);
                            assertThat(later.attempts().lastFailure())
                                    .isEqualTo("answered 401, invalid_client");
                        });
        assertThat(of(new TokenAnswer.Unavailable("answered 503", Optional.empty()), false))
                .isInstanceOf(RefreshOutcome.Later.class);
    }

    @Test
    void claimsAndRefusalsAreReadBack() {
        Claim claim = Claim.of("pod-1", "7f", NOW, BEFORE);
        Refusal refusal = Refusal.of(BEFORE, SignInReason.RefreshLost);

        assertThat(Claim.read(claim.text())).contains(claim);
        assertThat(Refusal.read(refusal.text())).contains(refusal);
        assertThat(claim.text() + refusal.text()).doesNotContain("rt-1");
        assertThat(Claim.read("a/b/c/d")).isEmpty();
        assertThat(Claim.read("nonsense")).isEmpty();
        assertThat(Refusal.read("nonsense")).isEmpty();
        assertThat(Refusal.read("f/Nonsense")).isEmpty();
    }

    private static RefreshOutcome of(TokenAnswer answer, boolean again) {
        return RefreshOutcome.of(answer, BEFORE, Attempts.NONE, again, NOW);
    }
}
