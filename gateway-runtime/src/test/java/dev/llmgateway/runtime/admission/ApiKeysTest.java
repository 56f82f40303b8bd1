package dev.llmgateway.runtime.admission;

import static dev.llmgateway.runtime.fixture.Plans.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.runtime.model.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiKeysTest {
    private static final long NOW = 1_000_000;
    private static final String TEXT = "sk-a-perfectly-ordinary-key";

    @Test
    void aKnownKeyIsAdmitted() throws Exception {
        Verdict verdict = verify(key("a").sha256(sha256(TEXT)).plan(), TEXT);

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Admitted.class,
                        admitted ->
                                assertThat(admitted.caller().key().ref().name()).isEqualTo("a"));
    }

    @Test
    void unknownExpiredSuspendedAndRotatedOutReadTheSame() throws Exception {
        String digest = sha256(TEXT);

        assertThat(
                        List.of(
                                message(verify(key("a").plan(), TEXT)),
                                message(verify(key("a").sha256(digest).expires(NOW).plan(), TEXT)),
                                message(verify(key("a").sha256(digest).suspended().plan(), TEXT)),
                                message(
                                        verify(
                                                key("a").sha256(digest).notAfter(NOW - 1).plan(),
                                                TEXT))))
                .containsOnly("The API key is not valid for this gateway.");
    }

    @Test
    void aKeyIsValidUntilTheMomentItExpires() throws Exception {
        KeyPlan key = key("a").sha256(sha256(TEXT)).expires(NOW + 1).plan();

        assertThat(verify(key, TEXT)).isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void malformedKeysAreRefusedWithoutALookUp() throws Exception {
        for (String text :
                List.of(
                        "short",
                        "x".repeat(513),
                        "sixteen chars \u0000\u0001",
                        "schlüssel-mit-umlaut")) {
            KeyPlan key = key("a").sha256(sha256(text)).plan();

            assertThat(message(verify(key, text))).startsWith("The API key is malformed");
        }
    }

    @Test
    void keysThatDifferInTheLastCharacterNeverShareAnIdentity() throws Exception {
        KeyPlan key = key("a").sha256(sha256(TEXT + "1")).plan();

        assertThat(verify(key, TEXT + "2")).isInstanceOf(Verdict.Denied.class);
    }

    @Test
    void headersAreAskedInTheOrderOfTheSpec() {
        assertThat(
                        PresentedKey.of(
                                        Map.of("x-api-key", "one", "authorization", "Bearer two")
                                                ::get)
                                .text())
                .isEqualTo("one");
        assertThat(PresentedKey.of(Map.of("authorization", "bEaReR  two ")::get).text())
                .isEqualTo("two");
        assertThat(
                        PresentedKey.of(
                                        Map.of("authorization", "Basic two", "api-key", "three")
                                                ::get)
                                .text())
                .isEqualTo("three");
        assertThat(PresentedKey.of(Map.of("x-goog-api-key", "four")::get).text()).isEqualTo("four");
        assertThat(PresentedKey.of(Map.<String, String>of()::get).text()).isEmpty();
        PresentedKey own =
                PresentedKey.of(Map.of("x-llm-gateway-key", "five", "x-api-key", "own")::get);
        assertThat(own.text()).isEqualTo("five");
        assertThat(own.ownCredential()).isTrue();
    }

    @Test
    void nothingPrintsAKey() throws Exception {
        assertThat(PresentedKey.of(Map.of("x-api-key", TEXT)::get).toString()).doesNotContain(TEXT);
        assertThat(Digest.of(TEXT).toString()).doesNotContain(sha256(TEXT).substring(0, 8));
    }

    private static Verdict verify(KeyPlan key, String text) {
        return ApiKeys.of(List.of(key)).verify(new PresentedKey(text, false), NOW);
    }

    private static String message(Verdict verdict) {
        Verdict.Denied denied = (Verdict.Denied) verdict;
        assertThat(denied.error().code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        return denied.error().message();
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256")
                                .digest(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
