package dev.llmgateway.runtime.exchange;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Ids of requests, `req_` and 22 base62 characters (131 random bits); one generator per loop.
public final class RequestIds {
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 22;
    private static final int LONGEST_FOREIGN = 128;

    private final RandomGenerator random;

    public RequestIds(RandomGenerator random) {
        this.random = random;
    }

    /// The client's own id where it is at most 128 printable ASCII characters, else a new one.
    String next(@Nullable String foreign) {
        return foreign != null && acceptable(foreign) ? foreign : generate();
    }

    private String generate() {
        byte[] text = new byte[4 + LENGTH];
        text[0] = 'r';
        text[1] = 'e';
        text[2] = 'q';
        text[3] = '_';
        long bits = 0;
        for (int i = 4; i < text.length; i++) {
            // The bits are a fraction: its whole part times 62 is a digit, the rest goes on. Ten
            // digits use up 60 of 64 bits.
            bits = (i - 4) % 10 == 0 ? random.nextLong() : bits * DIGITS.length();
            text[i] = (byte) DIGITS.charAt((int) Math.unsignedMultiplyHigh(bits, DIGITS.length()));
        }
        return new String(text, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static boolean acceptable(String id) {
        if (id.isEmpty() || id.length() > LONGEST_FOREIGN) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (id.charAt(i) <= ' ' || id.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
