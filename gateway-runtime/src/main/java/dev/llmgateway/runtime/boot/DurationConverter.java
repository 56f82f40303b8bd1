package dev.llmgateway.runtime.boot;

import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `500ms`, `20s`, `5m`, `1h`, as durations are written in manifests.
final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        try {
            if (lower.endsWith("ms")) {
                return Duration.ofMillis(number(lower, 2));
            }
            return switch (lower.isEmpty() ? ' ' : lower.charAt(lower.length() - 1)) {
                case 's' -> Duration.ofSeconds(number(lower, 1));
                case 'm' -> Duration.ofMinutes(number(lower, 1));
                case 'h' -> Duration.ofHours(number(lower, 1));
                default ->
                        throw new TypeConversionException(
                                "'" + text + "' needs a unit: ms, s, m or h");
            };
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a duration such as 20s or 5m");
        }
    }

    private static long number(String text, int unit) {
        return Long.parseUnsignedLong(text.substring(0, text.length() - unit));
    }
}
