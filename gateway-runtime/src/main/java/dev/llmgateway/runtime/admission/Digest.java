package dev.llmgateway.runtime.admission;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A SHA-256 digest as a map key. Whole digests are compared, never prefixes.
record Digest(long first, long second, long third, long fourth) {
    private static final int BYTES = 32;
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final ThreadLocal<Hasher> HASHER = ThreadLocal.withInitial(Hasher::new);

    /// Digest of a presented key, which is ASCII of at most [ApiKeys#LONGEST] characters.
    static Digest of(String presented) {
        return HASHER.get().digest(presented);
    }

    /// From 64 hexadecimal digits, as plans hold them.
    static Digest parse(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    private static Digest of(byte[] bytes) {
        return new Digest(
                (long) LONGS.get(bytes, 0),
                (long) LONGS.get(bytes, 8),
                (long) LONGS.get(bytes, 16),
                (long) LONGS.get(bytes, 24));
    }

    @Override
    public String toString() {
        return "Digest[…]";
    }

    /// One thread's algorithm and the bytes it works on.
    private static final class Hasher {
        private final MessageDigest algorithm = sha256();
        private final byte[] text = new byte[ApiKeys.LONGEST];
        private final byte[] digest = new byte[BYTES];

        Digest digest(String presented) {
            for (int i = 0; i < presented.length(); i++) {
                text[i] = (byte) presented.charAt(i);
            }
            algorithm.update(text, 0, presented.length());
            try {
                algorithm.digest(digest, 0, BYTES);
            } catch (DigestException e) {
                throw new IllegalStateException("a SHA-256 digest has 32 bytes", e);
            }
            return of(digest);
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }
}
