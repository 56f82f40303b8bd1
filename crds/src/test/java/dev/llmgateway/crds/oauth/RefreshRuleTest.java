package dev.llmgateway.crds.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.api.Auth;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefreshRuleTest {
    private static final Instant ISSUED = Instant.parse("2026-11-26T10:00:00Z");
    private static final Instant END = ISSUED.plus(Duration.ofHours(1));
    private static final StoredTokens TOKENS = tokens("rt", ISSUED, END);

    @Test
    void aYoungTokenWaitsAndAnOldOneIsRefreshed() {
        assertThat(decide(facts(TOKENS), ISSUED)).isInstanceOf(RefreshDecision.Wait.class);
        assertThat(decide(facts(TOKENS), END.minusSeconds(300)))
                .isEqualTo(new RefreshDecision.Refresh(false));
        assertThat(decide(facts(TOKENS), END.plusSeconds(300)))
                .isEqualTo(new RefreshDecision.Refresh(false));
    }

    @Test
    void whoeverAsksIsServedAtOnceUnlessAnotherIsAtIt() {
        assertThat(decide(asked(facts(TOKENS)), ISSUED))
                .isEqualTo(new RefreshDecision.Refresh(false));

        Claim claim = Claim.of("other", "1", ISSUED, TOKENS);
        assertThat(decide(asked(claimed(facts(TOKENS), claim)), ISSUED))
                .isEqualTo(new RefreshDecision.Wait(claim.expires()));
    }

    @Test
    void aRefreshThatWasCutOffIsTriedAgainOnlyAtTheLastMoment() {
        Claim cut = Claim.of("dead", "1", END.minusSeconds(600), TOKENS);
        RefreshFacts facts = claimed(facts(TOKENS), cut);

        assertThat(decide(facts, END.minusSeconds(500)))
                .isEqualTo(new RefreshDecision.Wait(END.minusSeconds(60)));
        assertThat(decide(asked(facts), END.minusSeconds(500)))
                .isEqualTo(new RefreshDecision.Wait(END.minusSeconds(60)));
        assertThat(decide(facts, END.minusSeconds(60)))
                .isEqualTo(new RefreshDecision.Refresh(true));
    }

    @Test
    void aClaimOnAnEarlierTokenIsOfNoConcern() {
        Claim old = Claim.of("dead", "1", ISSUED.minusSeconds(600), tokens("rt-0", ISSUED, END));

        assertThat(decide(claimed(facts(TOKENS), old), END.minusSeconds(60)))
                .isEqualTo(new RefreshDecision.Refresh(false));
    }

    @Test
    void aRefusedTokenIsNeverTriedAgainAndANewOneIs() {
        Refusal refusal = Refusal.of(TOKENS, SignInReason.InvalidGrant);

        assertThat(decide(asked(refused(facts(TOKENS), refusal)), END))
                .isEqualTo(new RefreshDecision.SignIn(SignInReason.InvalidGrant));
        assertThat(decide(refused(facts(tokens("rt-2", ISSUED, END)), refusal), END))
                .isEqualTo(new RefreshDecision.Refresh(false));
    }

    @Test
    void failuresAreWaitedOutEvenWhenAsked() {
        RefreshFacts failed =
                new RefreshFacts(
                        Auth.Grant.AuthorizationCode,
                        Duration.ofMinutes(10),
                        TOKENS,
                        Optional.empty(),
                        Optional.empty(),
                        Attempts.NONE.failed(
                                END, "answered 503", Optional.of(Duration.ofSeconds(9))),
                        true,
                        "uid");

        assertThat(decide(failed, END)).isEqualTo(new RefreshDecision.Wait(END.plusSeconds(9)));
    }

    @Test
    void withoutARefreshTokenAPersonIsNeededInTheEnd() {
        assertThat(decide(facts(StoredTokens.NONE), ISSUED))
                .isEqualTo(new RefreshDecision.SignIn(SignInReason.AwaitingAuthorization));
        assertThat(decide(facts(tokens("", ISSUED, END)), ISSUED))
                .isEqualTo(new RefreshDecision.Wait(END));
        assertThat(decide(facts(tokens("", ISSUED, END)), END))
                .isEqualTo(new RefreshDecision.SignIn(SignInReason.Expired));
    }

    @Test
    void aTokenWhoseEndIsNotToldRests() {
        StoredTokens endless =
                new StoredTokens("at", "rt", "", Optional.of(ISSUED), Optional.empty(), "");

        assertThat(decide(facts(endless), ISSUED)).isEqualTo(new RefreshDecision.Rest());
        assertThat(decide(asked(facts(endless)), ISSUED))
                .isEqualTo(new RefreshDecision.Refresh(false));
    }

    @Test
    void aRefreshTokenAloneIsRedeemedAtOnce() {
        StoredTokens given = new StoredTokens("", "rt", "", Optional.empty(), Optional.empty(), "");

        assertThat(decide(facts(given), ISSUED)).isEqualTo(new RefreshDecision.Refresh(false));
    }

    @Test
    void clientCredentialsNeedNoRefreshToken() {
        RefreshFacts facts =
                new RefreshFacts(
                        Auth.Grant.ClientCredentials,
                        Duration.ofMinutes(10),
                        StoredTokens.NONE,
                        Optional.empty(),
                        Optional.empty(),
                        Attempts.NONE,
                        false,
                        "uid");

        assertThat(decide(facts, ISSUED)).isEqualTo(new RefreshDecision.Refresh(false));
    }

    @Test
    void pausesDoubleUpToAMinute() {
        Attempts attempts = Attempts.NONE;
        StringBuilder pauses = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            attempts = attempts.failed(ISSUED, "", Optional.empty());
            pauses.append(Duration.between(ISSUED, attempts.notBefore()).toSeconds()).append(' ');
        }

        assertThat(pauses.toString()).isEqualTo("1 2 4 8 16 32 60 60 ");
        assertThat(Attempts.NONE.failed(ISSUED, "", Optional.of(Duration.ofDays(2))).notBefore())
                .isEqualTo(ISSUED.plus(Duration.ofMinutes(10)));
    }

    private static RefreshDecision decide(RefreshFacts facts, Instant now) {
        return RefreshRule.decide(facts, now);
    }

    static StoredTokens tokens(String refresh, Instant issued, Instant end) {
        return new StoredTokens("at", refresh, "", Optional.of(issued), Optional.of(end), "");
    }

    static RefreshFacts facts(StoredTokens tokens) {
        return new RefreshFacts(
                Auth.Grant.AuthorizationCode,
                Duration.ofMinutes(10),
                tokens,
                Optional.empty(),
                Optional.empty(),
                Attempts.NONE,
                false,
                "uid");
    }

    private static RefreshFacts asked(RefreshFacts facts) {
        return new RefreshFacts(
                facts.grant(),
                facts.refreshBefore(),
                facts.tokens(),
                facts.claim(),
                facts.refusal(),
                facts.attempts(),
                true,
                facts.seed());
    }

    private static RefreshFacts claimed(RefreshFacts facts, Claim claim) {
        return new RefreshFacts(
                facts.grant(),
                facts.refreshBefore(),
                facts.tokens(),
                Optional.of(claim),
                facts.refusal(),
                facts.attempts(),
                facts.asked(),
                facts.seed());
    }

    private static RefreshFacts refused(RefreshFacts facts, Refusal refusal) {
        return new RefreshFacts(
                facts.grant(),
                facts.refreshBefore(),
                facts.tokens(),
                facts.claim(),
                Optional.of(refusal),
                facts.attempts(),
                facts.asked(),
                facts.seed());
    }
}
