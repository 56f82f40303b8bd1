package dev.llmgateway.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.oauth.Attempts;
import dev.llmgateway.crds.oauth.SignInReason;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.resource.UpstreamAccountStatus;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OAuthStatusTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    private static final Attempts FAILING =
            Attempts.NONE.failed(NOW, "answered 500", Optional.empty());

    @Test
    void aTokenInUseIsValidWhateverItsRefreshDoes() {
        assertThat(says(facts(Duration.ofHours(1), Attempts.NONE, null)))
                .isEqualTo(
                        "True Verified: the provider issued it at 2026-11-26T09:00:00Z, until"
                                + " 2026-11-26T11:00:00Z");
        assertThat(says(facts(Duration.ofHours(1), FAILING, null)))
                .isEqualTo(
                        "True RefreshFailed: it is in use, until 2026-11-26T11:00:00Z; the last"
                                + " refresh failed: answered 500 (1 failure)");
    }

    @Test
    void aTokenThatHasEndedIsNotAndWhyIsSaid() {
        assertThat(says(facts(Duration.ofHours(-1), FAILING, null)))
                .startsWith("False RefreshFailed: the last refresh failed: answered 500");
        assertThat(says(facts(Duration.ofHours(-1), Attempts.NONE, null)))
                .startsWith("False Expired: the token ended at 2026-11-26T09:00:00Z");
        assertThat(state(facts(Duration.ofHours(-1), FAILING, null)))
                .isEqualTo(State.CredentialInvalid);
    }

    @Test
    void whoIsNeededIsSaidAlsoWhileTheTokenIsInUse() {
        for (SignInReason reason : SignInReason.values()) {
            OAuthFacts facts = facts(Duration.ofHours(1), Attempts.NONE, reason);

            assertThat(says(facts))
                    .startsWith("False " + reason + ": ")
                    .contains("kubectl llm-gateway oauth start NAME");
            assertThat(state(facts)).isEqualTo(State.NeedsAuthorization);
        }
        assertThat(says(facts(Duration.ofHours(1), Attempts.NONE, SignInReason.InvalidGrant)))
                .contains("the token is in use, until 2026-11-26T11:00:00Z");
    }

    @Test
    void theCredentialShowsTheTokensTimesAndFailures() {
        UpstreamAccountStatus status = status(facts(Duration.ofHours(1), FAILING, null));

        UpstreamAccountStatus.Credential credential = Objects.requireNonNull(status.credential());
        assertThat(credential.expiresAt()).isEqualTo("2026-11-26T11:00:00Z");
        assertThat(credential.lastRefreshTime()).isEqualTo("2026-11-26T09:00:00Z");
        assertThat(credential.consecutiveRefreshFailures()).isEqualTo(1);
        assertThat(Objects.requireNonNull(status.oauth()).lastResult()).isEqualTo("signed in");
    }

    private static OAuthFacts facts(Duration left, Attempts attempts, @Nullable SignInReason why) {
        StoredTokens tokens =
                new StoredTokens(
                        "a-1",
                        "r-1",
                        "",
                        Optional.of(NOW.minusSeconds(3_600)),
                        Optional.of(NOW.plus(left)),
                        "");
        return OAuthFacts.of(
                tokens,
                false,
                attempts,
                Optional.ofNullable(why),
                Optional.empty(),
                "signed in",
                NOW);
    }

    private static String says(OAuthFacts oauth) {
        return status(oauth).conditions().stream()
                .filter(each -> each.type().equals("CredentialValid"))
                .map(each -> each.status() + " " + each.reason() + ": " + each.message())
                .findFirst()
                .orElse("");
    }

    private static State state(OAuthFacts oauth) {
        return Objects.requireNonNull(status(oauth).state());
    }

    private static UpstreamAccountStatus status(OAuthFacts oauth) {
        AccountFacts facts =
                new AccountFacts(
                        1,
                        List.of(),
                        true,
                        false,
                        "OAuth",
                        "0a0b0c0d",
                        "7",
                        Programming.NONE,
                        null,
                        null,
                        null,
                        oauth);
        return AccountStatus.of(facts, null, NOW);
    }
}
