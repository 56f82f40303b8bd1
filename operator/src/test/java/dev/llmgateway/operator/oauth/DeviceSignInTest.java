package dev.llmgateway.operator.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.oauth.DeviceAnswer;
import dev.llmgateway.crds.oauth.Pkce;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeviceSignInTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    @Test
    void theProviderIsAskedAtItsIntervalAndFiveSecondsSlowerWhenItSaysSo() {
        DeviceSignIn begun =
                DeviceSignIn.begin(
                        "one",
                        Pkce.of(new byte[Pkce.BYTES]),
                        new DeviceAnswer.Begun(
                                "device-1",
                                "AB-12",
                                "https://idp.example.com/device",
                                Duration.ofMinutes(10),
                                Duration.ofSeconds(3)),
                        NOW);

        DeviceSignIn slower = begun.asked(true, NOW.plusSeconds(3));
        DeviceSignIn later = slower.asked(false, NOW.plusSeconds(11));

        assertThat(begun.next()).isEqualTo(NOW.plusSeconds(3));
        assertThat(slower.next()).isEqualTo(NOW.plusSeconds(11));
        assertThat(later.next()).isEqualTo(NOW.plusSeconds(19));
        assertThat(later.progress().expiresAt()).isEqualTo("2026-11-26T10:10:00Z");
        assertThat(later.toString()).doesNotContain("device-1");
    }
}
