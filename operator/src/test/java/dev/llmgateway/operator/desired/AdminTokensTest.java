package dev.llmgateway.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdminTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-26T05:00:00.123Z");

    private final Random random = new Random(7);
    private final AdminTokens first = AdminTokens.of(Optional.empty(), random, NOW);

    @Test
    void twoTokensOfTheirOwnAreMadeAndReadBackFromTheSecret() {
        Secret secret = AdminSecret.of(Gateways.facts("minimal", "team"), first);

        assertThat(first.current()).hasSize(43).isNotEqualTo(first.next());
        assertThat(AdminTokens.read(secret.getData(), secret.getMetadata().getAnnotations()))
                .contains(first);
        assertThat(secret.getMetadata().getName()).isEqualTo("main-admin");
    }

    @Test
    void youngTokensStay() {
        Instant later = NOW.plus(Duration.ofDays(29));

        assertThat(AdminTokens.of(Optional.of(first), random, later)).isEqualTo(first);
    }

    @Test
    void aRotationMakesTheTokenCurrentThatPodsAlreadyKnow() {
        Instant later = NOW.plus(Duration.ofDays(31));

        AdminTokens rotated = AdminTokens.of(Optional.of(first), random, later);

        assertThat(rotated.current()).isEqualTo(first.next());
        assertThat(rotated.next()).isNotIn(first.current(), first.next());
        assertThat(rotated.idKey()).isEqualTo(first.idKey()).matches("[0-9a-f]{64}");
    }

    @Test
    void whatIsNotWholeIsMadeAnew() {
        Secret secret = AdminSecret.of(Gateways.facts("minimal", "team"), first);
        Map<String, String> annotations = secret.getMetadata().getAnnotations();
        Map<String, String> blank = new HashMap<>(secret.getData());
        blank.put(AdminTokens.NEXT, "");
        Map<String, String> noBase64 = new HashMap<>(secret.getData());
        noBase64.put(AdminTokens.CURRENT, "%");

        assertThat(AdminTokens.read(Map.of(), annotations)).isEmpty();
        assertThat(AdminTokens.read(blank, annotations)).isEmpty();
        assertThat(AdminTokens.read(noBase64, annotations)).isEmpty();
        assertThat(AdminTokens.read(secret.getData(), Map.of())).isEmpty();
        assertThat(AdminTokens.read(secret.getData(), Map.of(AdminTokens.MADE_AT, "yesterday")))
                .isEmpty();
    }

    @Test
    void noTextShowsAToken() {
        assertThat(first.toString()).doesNotContain(first.current(), first.next());
    }
}
