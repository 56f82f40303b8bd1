package dev.llmgateway.crds.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// The proof that whoever redeems a code is who asked for it (RFC 7636, S256 only).
///
/// @param verifier 43 base64url characters
public record Pkce(String verifier) {
    /// How much randomness a verifier is made of.
    public static final int BYTES = 32;

    /// @param random {@link #BYTES} bytes from a secure source
    public static Pkce of(byte[] random) {
        if (random.length != BYTES) {
            throw new IllegalArgumentException("a verifier is made of " + BYTES + " bytes");
        }
        return new Pkce(base64url(random));
    }

    /// What goes into the sign-in address: base64url of the verifier's SHA-256.
    public String challenge() {
        try {
            return base64url(
                    MessageDigest.getInstance("SHA-256")
                            .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// A `state` of a sign-in: 22 base64url characters.
    ///
    /// @param random 16 bytes from a secure source
    public static String state(byte[] random) {
        if (random.length != 16) {
            throw new IllegalArgumentException("a state is made of 16 bytes");
        }
        return base64url(random);
    }

    private static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "Pkce[hidden]";
    }
}
