package dev.llmgateway.runtime.upstream;

import dev.llmgateway.crds.plan.CredentialPlan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// What a call proves itself with.
public sealed interface Credential {
    /// A key or access token of the account.
    ///
    /// @param text printable ASCII, no space at either end
    record Value(String text) implements Credential {
        public Value {
            if (!acceptable(text)) {
                throw new IllegalArgumentException("a credential must be printable ASCII");
            }
        }

        /// Whether a text can go into a header as it is. A trailing newline is the usual reason why
        /// not.
        public static boolean acceptable(String text) {
            return !text.isEmpty()
                    && text.chars().allMatch(c -> c >= ' ' && c < 127)
                    && text.charAt(0) != ' '
                    && text.charAt(text.length() - 1) != ' ';
        }

        /// First 8 hexadecimal digits of its SHA-256, as the account's status shows it.
        public String fingerprint() {
            try {
                byte[] digest =
                        MessageDigest.getInstance("SHA-256")
                                .digest(text.getBytes(StandardCharsets.US_ASCII));
                return HexFormat.of().formatHex(digest, 0, 4);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        @Override
        public String toString() {
            return "Value[hidden]";
        }
    }

    /// Keyless local servers.
    record None() implements Credential {}

    /// The caller's own provider credential.
    record Passthrough() implements Credential {}

    /// What an account's calls carry now; empty while its Secret has no usable value.
    static Optional<Credential> of(CredentialPlan plan, Credentials credentials) {
        return switch (plan) {
            case CredentialPlan.ApiKey(var ref, _) -> credentials.find(ref).map(v -> v);
            case CredentialPlan.OAuth(var accessToken, _, _) ->
                    credentials.find(accessToken).map(v -> v);
            case CredentialPlan.Passthrough() -> Optional.of(new Passthrough());
            case CredentialPlan.Anonymous() -> Optional.of(new None());
        };
    }
}
