package dev.llmgateway.crds.oauth;

import java.util.Optional;

/// A refresh token that the provider has refused for good, as an annotation on its Secret ({@link
/// OAuthAnnotations#REFUSED}), so that it is never tried again, by nobody.
///
/// @param fingerprint of the refresh token
public record Refusal(String fingerprint, SignInReason reason) {
    public static Refusal of(StoredTokens tokens, SignInReason reason) {
        return new Refusal(Fingerprint.of(tokens.refreshToken()), reason);
    }

    boolean concerns(StoredTokens tokens) {
        return fingerprint.equals(Fingerprint.of(tokens.refreshToken()));
    }

    /// `fingerprint/reason`.
    public String text() {
        return fingerprint + "/" + reason;
    }

    /// Empty: not a refusal.
    public static Optional<Refusal> read(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        String reason = text.substring(slash + 1);
        for (SignInReason each : SignInReason.values()) {
            if (each.name().equals(reason)) {
                return Optional.of(new Refusal(text.substring(0, slash), each));
            }
        }
        return Optional.empty();
    }
}
