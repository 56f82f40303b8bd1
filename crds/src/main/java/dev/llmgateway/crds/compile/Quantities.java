package dev.llmgateway.crds.compile;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Kubernetes quantities of bytes such as `32Mi`, `1G` or `5e6`.
final class Quantities {
    private static final Pattern TEXT =
            Pattern.compile(
                    "([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:([KMGTPE]i)|([kMGTPE])|[eE]([0-9]{1,2}))?");
    private static final List<String> BINARY = List.of("Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final List<String> DECIMAL = List.of("k", "M", "G", "T", "P", "E");
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Quantities() {}

    /// Bytes, rounded up; empty: not a quantity, or not within 1 and `Long.MAX_VALUE`.
    static OptionalLong parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        BigDecimal bytes =
                new BigDecimal(matcher.group(1))
                        .multiply(factor(matcher))
                        .setScale(0, RoundingMode.CEILING);
        return bytes.signum() <= 0 || bytes.compareTo(MOST) > 0
                ? OptionalLong.empty()
                : OptionalLong.of(bytes.longValueExact());
    }

    /// Bytes of a text the schema has already accepted.
    static long bytes(String text) {
        return parse(text).orElseThrow();
    }

    private static BigDecimal factor(Matcher matcher) {
        if (matcher.group(2) != null) {
            return BigDecimal.valueOf(1024).pow(BINARY.indexOf(matcher.group(2)) + 1);
        }
        if (matcher.group(3) != null) {
            return BigDecimal.valueOf(1000).pow(DECIMAL.indexOf(matcher.group(3)) + 1);
        }
        return matcher.group(4) == null
                ? BigDecimal.ONE
                : BigDecimal.TEN.pow(Integer.parseInt(matcher.group(4)));
    }
}
