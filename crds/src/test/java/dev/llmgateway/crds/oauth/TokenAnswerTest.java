package dev.llmgateway.crds.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenAnswerTest {
    @Test
    void tokensAreReadWithAllThatComesAlong() {
        assertThat(
                        read(
                                200,
                                """
                                {"access_token": "at", "refresh_token": "rt", "expires_in": 3600,
                                 "token_type": "Bearer", "resource_url": "portal.qwen.ai"}\
                                """))
                .isEqualTo(
                        new TokenAnswer.Tokens(
                                "at", "rt", Optional.of(Duration.ofHours(1)), "portal.qwen.ai"));
        assertThat(read(200, "{\"access_token\": \"at\", \"expires_in\": \"60\"}"))
                .isEqualTo(
                        new TokenAnswer.Tokens("at", "", Optional.of(Duration.ofMinutes(1)), ""));
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_grant, invalid_grant",
        "401, invalid_client, invalid_client",
        "400, access_denied, access_denied",
        "500, invalid_grant, invalid_grant",
        "429, invalid_grant, invalid_grant",
        "200, invalid_grant, invalid_grant",
        "400, SK-SECRET, unknown_error",
    })
    void aRefusalIsFinalWhateverItsStatus(int status, String error, String shown) {
        assertThat(read(status, "{\"error\": \"" + error + "\"}"))
                .isEqualTo(new TokenAnswer.Refused(status, shown));
    }

    @Test
    void anErrorObjectCountsByItsType() {
        assertThat(read(400, "{\"error\": {\"type\": \"invalid_grant\"}}"))
                .isEqualTo(new TokenAnswer.Refused(400, "invalid_grant"));
    }

    @Test
    void aDeviceCodeThatWaitsIsNoFailure() {
        assertThat(read(400, "{\"error\": \"authorization_pending\"}"))
                .isEqualTo(new TokenAnswer.Pending(false));
        assertThat(read(400, "{\"error\": \"slow_down\"}"))
                .isEqualTo(new TokenAnswer.Pending(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "<html>",
                "{}",
                "{\"access_token\": 7}",
                "{\"access_token\": \"\"}",
                "{\"access_token\": \"a b\"}",
                "{\"access_token\": \"a\\nb\"}"
            })
    void garbageSpendsNothing(String body) {
        assertThat(read(200, body)).isInstanceOf(TokenAnswer.Unavailable.class);
    }

    @Test
    void aTroubledEndpointSaysWhenToComeBack() {
        assertThat(TokenAnswer.read(503, bytes("sorry"), "7"))
                .isEqualTo(
                        new TokenAnswer.Unavailable(
                                "answered 503", Optional.of(Duration.ofSeconds(7))));
        assertThat(TokenAnswer.read(429, bytes("{}"), "soon"))
                .isEqualTo(new TokenAnswer.Unavailable("answered 429", Optional.empty()));
        assertThat(TokenAnswer.read(404, bytes("gone"), ""))
                .isEqualTo(
                        new TokenAnswer.Unavailable(
                                "answered 404 without an error code", Optional.empty()));
    }

    @Test
    void aDeviceEndpointsAnswerIsRead() {
        assertThat(
                        DeviceAnswer.read(
                                200,
                                bytes(
                                        """
                                        {"device_code": "d", "user_code": "U-1", "expires_in": 900,
                                         "verification_uri": "https://id.example/d",
                                         "verification_uri_complete": "https://id.example/d?c=U-1"}\
                                        """),
                                ""))
                .isEqualTo(
                        new DeviceAnswer.Begun(
                                "d",
                                "U-1",
                                "https://id.example/d?c=U-1",
                                Duration.ofMinutes(15),
                                Duration.ofSeconds(5)));
        assertThat(
                        DeviceAnswer.read(
                                200,
                                bytes(
                                        """
                                        {"device_code": "d", "user_code": "U-1",
                                         "verification_uri": "javascript:alert(1)"}\
                                        """),
                                ""))
                .isInstanceOf(DeviceAnswer.Failed.class);
        assertThat(DeviceAnswer.read(400, bytes("{\"error\": \"invalid_client\"}"), ""))
                .isEqualTo(
                        new DeviceAnswer.Failed("answered 400, invalid_client", Optional.empty()));
    }

    private static TokenAnswer read(int status, String body) {
        return TokenAnswer.read(status, bytes(body), "");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
