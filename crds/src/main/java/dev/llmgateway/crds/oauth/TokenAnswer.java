package dev.llmgateway.crds.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/// What a token endpoint said.
public sealed interface TokenAnswer {
    /// @param refreshToken empty: the old one stays
    /// @param expiresIn empty: not told
    /// @param resourceURL `resource_url` as it came; empty: none
    record Tokens(
            String accessToken,
            String refreshToken,
            Optional<Duration> expiresIn,
            String resourceURL)
            implements TokenAnswer {
        @Override
        public String toString() {
            return "Tokens[hidden]";
        }
    }

    /// Asking again with the same grant is of no use.
    ///
    /// @param error `invalid_grant`, `invalid_client`, …
    record Refused(int status, String error) implements TokenAnswer {
        /// Whether it is the grant that is no good (spent, revoked, expired), rather than the
        /// client.
        public boolean invalidGrant() {
            return error.equals("invalid_grant");
        }

        /// Whether a person said no on the page of a device code.
        public boolean denied() {
            return error.equals("access_denied");
        }

        /// Whether a device code has run out.
        public boolean expired() {
            return error.equals("expired_token");
        }
    }

    /// Nobody has signed in with this device code yet.
    ///
    /// @param slowDown wait 5 s longer between questions from now on (RFC 8628, 3.5)
    record Pending(boolean slowDown) implements TokenAnswer {}

    /// The endpoint is in trouble; the grant may still be good.
    ///
    /// @param retryAfter as it asked; empty: it did not
    record Unavailable(String why, Optional<Duration> retryAfter) implements TokenAnswer {}

    /// @param body at most {@link Form#MOST_ANSWER_BYTES}
    /// @param retryAfter value of that header; empty: none
    static TokenAnswer read(int status, byte[] body, String retryAfter) {
        if (status == 429 || status >= 500) {
            // `invalid_grant` counts at any status (spec/oauth.md); some providers dress it as 500.
            return AnswerText.error(AnswerText.json(body)).equals("invalid_grant")
                    ? new Refused(status, "invalid_grant")
                    : unavailable("answered " + status, retryAfter);
        }
        JsonNode json = AnswerText.json(body);
        String error = AnswerText.error(json);
        if (status == 200 && error.isEmpty()) {
            return tokens(json);
        }
        return switch (error) {
            case "authorization_pending" -> new Pending(false);
            case "slow_down" -> new Pending(true);
            case "temporarily_unavailable", "server_error" ->
                    unavailable("answered " + status + ", " + error, retryAfter);
            case "" -> unavailable("answered " + status + " without an error code", retryAfter);
            default -> new Refused(status, error);
        };
    }

    private static TokenAnswer tokens(JsonNode json) {
        String access = AnswerText.text(json, "access_token");
        if (access.isEmpty() || !access.chars().allMatch(c -> c > ' ' && c < 127)) {
            return unavailable("answered 200 without a usable access token", "");
        }
        return new Tokens(
                access,
                AnswerText.text(json, "refresh_token"),
                AnswerText.seconds(json, "expires_in"),
                AnswerText.text(json, "resource_url"));
    }

    private static TokenAnswer unavailable(String why, String retryAfter) {
        return new Unavailable(why, AnswerText.delay(retryAfter));
    }
}
