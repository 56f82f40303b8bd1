package dev.llmgateway.crds.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoredTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    private static final StoredTokens FIRST =
            StoredTokens.first(answer("at-1", "rt-1", "portal.qwen.ai"), NOW);

    @Test
    void aRotatedTokenKeepsTheOneBefore() {
        StoredTokens second = FIRST.refreshed(answer("at-2", "rt-2", ""), NOW.plusSeconds(60));

        assertThat(second.refreshToken()).isEqualTo("rt-2");
        assertThat(second.previousRefreshToken()).isEqualTo("rt-1");
        assertThat(second.resourceURL()).isEqualTo("portal.qwen.ai");
        assertThat(second.expiresAt()).contains(NOW.plusSeconds(3_660));
    }

    @Test
    void aProviderThatDoesNotRotateLeavesTheTokenInPlace() {
        assertThat(FIRST.refreshed(answer("at-2", "", ""), NOW).refreshToken()).isEqualTo("rt-1");
        assertThat(FIRST.refreshed(answer("at-2", "rt-1", ""), NOW).previousRefreshToken())
                .isEmpty();
    }

    @Test
    void whatIsWrittenIsReadBack() {
        StoredTokens second = FIRST.refreshed(answer("at-2", "rt-2", ""), NOW);

        assertThat(StoredTokens.of(second.data())).isEqualTo(second);
        assertThat(second.data().keySet()).isSubsetOf(StoredTokens.keys());
    }

    @Test
    void whatPeopleWriteByHandIsRead() {
        StoredTokens tokens =
                StoredTokens.of(Map.of("access-token", "at\n", "expires-at", "tomorrow"));

        assertThat(tokens.accessToken()).isEqualTo("at");
        assertThat(tokens.expiresAt()).isEmpty();
        assertThat(tokens.usable(NOW)).isTrue();
    }

    @Test
    void aTokenIsUsableUntilItEnds() {
        assertThat(FIRST.usable(NOW.plusSeconds(3_599))).isTrue();
        assertThat(FIRST.usable(NOW.plusSeconds(3_600))).isFalse();
        assertThat(StoredTokens.NONE.usable(NOW)).isFalse();
    }

    @Test
    void nothingSecretIsPrinted() {
        assertThat(FIRST.toString()).doesNotContain("at-1", "rt-1");
        assertThat(answer("at-1", "rt-1", "").toString()).doesNotContain("at-1", "rt-1");
    }

    private static TokenAnswer.Tokens answer(String access, String refresh, String resource) {
        return new TokenAnswer.Tokens(access, refresh, Optional.of(Duration.ofHours(1)), resource);
    }
}
