package dev.llmgateway.runtime.admission;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A SHA-256 digest as a map key. Whole digests are compared, never prefixes.
record Digest(long first, long second, long third, long fourth) {
    private static final ThreadLocal<MessageDigest> SHA256 =
            ThreadLocal.withInitial(Digest::sha256);

    /// Digest of a presented key.
    static Digest of(String presented) {
        return of(SHA256.get().digest(presented.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /// From 64 hexadecimal digits, as plans hold them.
    static Digest parse(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    private static Digest of(byte[] bytes) {
        var view = java.nio.ByteBuffer.wrap(bytes);
        return new Digest(view.getLong(), view.getLong(), view.getLong(), view.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Digest[…]";
    }
}
