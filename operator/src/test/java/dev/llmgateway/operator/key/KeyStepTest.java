package dev.llmgateway.operator.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.api.GeneratedKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyStepTest {
    private static final Instant NOW = Instant.parse("2026-06-01T10:00:00.5Z");
    private static final Duration DAY = Duration.ofHours(24);
    private static final Map<String, String> FIRST =
            Map.of("api-key", "llmgw_x", "sha256", "1f".repeat(32), "revision", "3");

    @Test
    void withoutASecretAKeyIsGenerated() {
        Map<String, String> values = written(step(1, DAY, Map.of()));

        assertThat(values).containsOnlyKeys("api-key", "sha256", "revision");
        assertThat(GeneratedKey.wellFormed(values.getOrDefault("api-key", ""))).isTrue();
        assertThat(values)
                .containsEntry(
                        "sha256", new GeneratedKey(values.getOrDefault("api-key", "")).sha256())
                .containsEntry("revision", "1");
    }

    @Test
    void anEmptiedSecretIsFilledAgain() {
        assertThat(step(1, DAY, Map.of("note", "x"))).isInstanceOf(KeyStep.Write.class);
    }

    @Test
    void aRaisedRevisionRotatesAndKeepsTheFormerDigestForTheOverlap() {
        Map<String, String> values = written(step(4, DAY, FIRST));

        assertThat(values)
                .containsEntry("revision", "4")
                .containsEntry("previous-sha256", "1f".repeat(32))
                .containsEntry("previous-not-after", "2026-06-02T10:00:00Z");
        assertThat(values.get("sha256")).isNotEqualTo("1f".repeat(32));
    }

    @Test
    void withoutOverlapTheFormerDigestEndsAtOnce() {
        assertThat(written(step(4, Duration.ZERO, FIRST)))
                .doesNotContainKeys("previous-sha256", "previous-not-after");
    }

    @Test
    void theSameOrALowerRevisionChangesNothing() {
        assertThat(step(3, DAY, FIRST)).isEqualTo(new KeyStep.Keep());
        assertThat(step(2, DAY, FIRST)).isEqualTo(new KeyStep.Keep());
    }

    @Test
    void noTextOfAStepShowsTheKey() {
        KeyStep step = step(1, DAY, Map.of());

        assertThat(step.toString()).isEqualTo("Write[api-key, revision, sha256]");
    }

    private static KeyStep step(int revision, Duration overlap, Map<String, String> values) {
        return KeyStep.of(revision, overlap, values, NOW, new Random(7));
    }

    private static Map<String, String> written(KeyStep step) {
        assertThat(step).isInstanceOf(KeyStep.Write.class);
        return ((KeyStep.Write) step).values();
    }
}
