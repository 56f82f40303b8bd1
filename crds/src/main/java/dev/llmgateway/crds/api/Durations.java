package dev.llmgateway.crds.api;

import java.math.BigInteger;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Duration texts such as `500ms`, `5m` or `1h30m`.
public final class Durations {
    private static final Pattern WHOLE = Pattern.compile("([0-9]+(ms|s|m|h))+");
    private static final Pattern PART = Pattern.compile("([0-9]+)(ms|s|m|h)");
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private Durations() {}

    /// Milliseconds, at most `Long.MAX_VALUE`; empty: not a duration.
    public static OptionalLong parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        BigInteger sum = BigInteger.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            sum = sum.add(new BigInteger(part.group(1)).multiply(unitMillis(part.group(2))));
        }
        return OptionalLong.of(sum.min(MOST).longValueExact());
    }

    /// Milliseconds of a text the schema has already accepted.
    public static long millis(String text) {
        return parse(text).orElseThrow();
    }

    private static BigInteger unitMillis(String unit) {
        return BigInteger.valueOf(
                switch (unit) {
                    case "ms" -> 1;
                    case "s" -> 1_000;
                    case "m" -> 60_000;
                    default -> 3_600_000;
                });
    }
}
