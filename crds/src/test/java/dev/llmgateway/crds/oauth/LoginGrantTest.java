package dev.llmgateway.crds.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoginGrantTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    private static final LoginGrant GRANT =
            new LoginGrant(
                    new LoginGrant.Proof.Code("the-code", "the-verifier", "https://r", "st"),
                    NOW.plusSeconds(300));
    private static final LoginGrant.Reference REFERENCE =
            LoginGrant.Reference.read(GRANT.annotation("login-1")).orElseThrow();

    @Test
    void aGrantIsReadBackWithinItsFiveMinutes() {
        assertThat(REFERENCE.secret()).isEqualTo("login-1");
        assertThat(LoginGrant.read(REFERENCE, GRANT.data(), NOW))
                .isEqualTo(new LoginGrant.Reading.Valid(GRANT));
        assertThat(LoginGrant.read(REFERENCE, GRANT.data(), NOW.plusSeconds(299)))
                .isEqualTo(new LoginGrant.Reading.Valid(GRANT));
    }

    @Test
    void tokensRedeemedElsewhereAreAProofToo() {
        StoredTokens tokens =
                new StoredTokens("at", "rt", "", Optional.of(NOW), Optional.of(NOW), "");
        LoginGrant grant =
                new LoginGrant(new LoginGrant.Proof.Redeemed(tokens), NOW.plusSeconds(300));
        LoginGrant.Reference reference =
                LoginGrant.Reference.read(grant.annotation("login-2")).orElseThrow();

        assertThat(LoginGrant.read(reference, grant.data(), NOW))
                .isEqualTo(new LoginGrant.Reading.Valid(grant));
    }

    @Test
    void aGrantThatWasExchangedIsRefused() {
        Map<String, String> foreign = new HashMap<>(GRANT.data());
        foreign.put("code", "another-code");

        assertThat(why(foreign, NOW))
                .isEqualTo("foreign: the grant is not the one the annotation names");
    }

    @Test
    void aGrantEnds() {
        assertThat(why(GRANT.data(), NOW.plusSeconds(300))).contains("took too long");
        assertThat(why(GRANT.data(), NOW.minusSeconds(3_600))).contains("longer than five");
    }

    @Test
    void aGrantWithoutProofIsRefused() {
        Map<String, String> empty = Map.of("grant-expires-at", NOW.plusSeconds(60).toString());
        LoginGrant.Reference reference =
                new LoginGrant.Reference(
                        "x", Fingerprint.whole("grant-expires-at=20:2026-11-26T10:01:00Z\n"));

        assertThat(LoginGrant.read(reference, empty, NOW))
                .isEqualTo(
                        new LoginGrant.Reading.Invalid("the grant holds neither code nor tokens"));
    }

    @Test
    void otherAnnotationsAreNone() {
        assertThat(LoginGrant.Reference.read("login-1")).isEmpty();
        assertThat(LoginGrant.Reference.read("login-1:abc")).isEmpty();
        assertThat(LoginGrant.Reference.read("../x:" + "0".repeat(64))).isEmpty();
    }

    @Test
    void nothingSecretIsPrinted() {
        assertThat(GRANT.toString() + GRANT.proof()).doesNotContain("the-code", "the-verifier");
    }

    private static String why(Map<String, String> data, Instant now) {
        return switch (LoginGrant.read(REFERENCE, data, now)) {
            case LoginGrant.Reading.Valid _ -> "valid";
            case LoginGrant.Reading.Invalid(var why) -> why;
            case LoginGrant.Reading.Foreign(var why) -> "foreign: " + why;
        };
    }
}
