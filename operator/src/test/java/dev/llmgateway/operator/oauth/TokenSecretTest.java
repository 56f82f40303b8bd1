package dev.llmgateway.operator.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.oauth.OAuthAnnotations;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import org.junit.jupiter.api.Test;

class TokenSecretTest {
    @Test
    void theLaterVersionCountsNotTheLaterText() {
        TokenSecret nine = TokenSecret.of(secret("9", ""));
        TokenSecret ten = TokenSecret.of(secret("10", ""));

        assertThat(nine.later(ten)).isSameAs(ten);
        assertThat(ten.later(nine)).isSameAs(ten);
    }

    @Test
    void aWishIsWantedUntilTheTokensFulfilItAndARefusalUntilTheyAreOthers() {
        TokenSecret secret = TokenSecret.of(secret("1", "one"));
        String token = secret.tokens().fingerprint();

        assertThat(secret.asked("one", "")).isFalse();
        assertThat(secret.asked("two", "")).isTrue();
        assertThat(secret.asked("", "")).isFalse();
        assertThat(secret.asked("", token)).isTrue();
        assertThat(secret.asked("", "00000000")).isFalse();
    }

    private static Secret secret(String version, String fulfilled) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace("team")
                .withName("tokens")
                .withUid("u-1")
                .withResourceVersion(version)
                .addToAnnotations(OAuthAnnotations.FULFILLED, fulfilled)
                .endMetadata()
                .addToData("access-token", "YS0x")
                .build();
    }
}
