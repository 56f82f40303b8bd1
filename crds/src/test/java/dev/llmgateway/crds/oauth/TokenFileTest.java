package dev.llmgateway.crds.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFileTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final StoredTokens TOKENS =
            new StoredTokens(
                    "access-canary",
                    "refresh\n\"canary\"",
                    "previous-canary",
                    Optional.of(NOW),
                    Optional.of(NOW.plusSeconds(3_600)),
                    "portal.qwen.ai");

    @Test
    void whateverIsWrittenIsRead() {
        TokenFile plain = TokenFile.of(TOKENS);
        TokenFile claimed = plain.claimed(Claim.of("pod", "id", NOW, TOKENS));
        TokenFile refused = claimed.refused(Refusal.of(TOKENS, SignInReason.RefreshLost));
        TokenFile failed =
                plain.failed(Attempts.NONE.failed(NOW, "answered 500", Optional.empty()));

        for (TokenFile file : new TokenFile[] {plain, claimed, refused, failed, TokenFile.NONE}) {
            assertThat(TokenFile.read(file.text())).contains(file);
        }
        assertThat(refused.claim()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"access-token\":{\"a\":1}}"})
    void whatIsNoTokenFileIsNotTakenForAnEmptyOne(String text) {
        assertThat(TokenFile.read(text)).isEmpty();
    }

    @Test
    void aVersionTellsTokensApartWithoutShowingThem() {
        TokenFile one = TokenFile.of(TOKENS);

        assertThat(one.version()).isEqualTo(one.failed(Attempts.NONE).version());
        assertThat(one.version()).isNotEqualTo(TokenFile.NONE.version());
        assertThat(one.version() + one).doesNotContain("canary");
    }
}
