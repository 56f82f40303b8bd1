package dev.llmgateway.crds.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/// A gateway key made by us: `llmgw_<id>_<secret><crc>` with 8, 43 (256 random bits) and 6 base62
/// characters.
///
/// `crc` is the CRC-32 of everything before it, most significant digit first, so that scanners can
/// match leaked keys and a typo fails offline. The gateway itself never parses keys: any 16-512
/// printable ASCII characters may be one.
///
/// @param text the plaintext; shown once, never logged
public record GeneratedKey(String text) {
    private static final String PREFIX = "llmgw_";
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID = 8;
    private static final int SECRET = 43;
    private static final int CRC = 6;

    /// @param random a cryptographically strong generator
    public static GeneratedKey create(RandomGenerator random) {
        StringBuilder text = new StringBuilder(PREFIX);
        digits(random, ID, text);
        text.append('_');
        digits(random, SECRET, text);
        return new GeneratedKey(text.append(checksum(text.toString())).toString());
    }

    /// Whether a text has this form and its checksum fits.
    public static boolean wellFormed(String text) {
        int body = text.length() - CRC;
        return text.length() == PREFIX.length() + ID + 1 + SECRET + CRC
                && text.startsWith(PREFIX)
                && text.substring(body).equals(checksum(text.substring(0, body)));
    }

    /// The part that may be shown: `llmgw_` and the first four characters of the id.
    public String prefix() {
        return text.substring(0, PREFIX.length() + 4);
    }

    /// 64 lower-case hexadecimal digits.
    public String sha256() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void digits(RandomGenerator random, int count, StringBuilder text) {
        for (int i = 0; i < count; i++) {
            text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        char[] digits = new char[CRC];
        long rest = crc.getValue();
        for (int i = CRC - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return new String(digits);
    }

    @Override
    public String toString() {
        return "GeneratedKey[…]";
    }
}
