package dev.llmgateway.crds.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/// What a device endpoint said (RFC 8628, 3.2).
public sealed interface DeviceAnswer {
    /// @param verificationURL where to sign in; the complete form where the provider has one
    /// @param interval between two questions
    record Begun(
            String deviceCode,
            String userCode,
            String verificationURL,
            Duration expiresIn,
            Duration interval)
            implements DeviceAnswer {
        @Override
        public String toString() {
            return "Begun[hidden]";
        }
    }

    /// @param retryAfter as it asked; empty: it did not
    record Failed(String why, Optional<Duration> retryAfter) implements DeviceAnswer {}

    /// @param retryAfter value of that header; empty: none
    static DeviceAnswer read(int status, byte[] body, String retryAfter) {
        JsonNode json = AnswerText.json(body);
        String error = AnswerText.error(json);
        if (status != 200 || !error.isEmpty()) {
            return new Failed(
                    "answered " + status + (error.isEmpty() ? "" : ", " + error),
                    AnswerText.delay(retryAfter));
        }
        String deviceCode = AnswerText.text(json, "device_code");
        String userCode = AnswerText.text(json, "user_code");
        String complete = AnswerText.text(json, "verification_uri_complete");
        String page = complete.isEmpty() ? AnswerText.text(json, "verification_uri") : complete;
        if (deviceCode.isEmpty() || userCode.isEmpty() || !page.matches("https?://[!-~]{1,2000}")) {
            return new Failed("answered 200 without a code and a page", Optional.empty());
        }
        return new Begun(
                deviceCode,
                userCode,
                page,
                AnswerText.seconds(json, "expires_in").orElse(Duration.ofMinutes(10)),
                AnswerText.seconds(json, "interval").orElse(Duration.ofSeconds(5)));
    }
}
