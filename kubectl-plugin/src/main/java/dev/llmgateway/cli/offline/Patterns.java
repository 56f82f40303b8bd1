package dev.llmgateway.cli.offline;

import java.util.List;

/// Patterns of model names. Pure.
final class Patterns {
    private Patterns() {}

    /// Of routes and accounts: exact, `prefix*` or `*`.
    static boolean matches(String pattern, String name) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }

    /// An exact name beats every prefix, a longer prefix a shorter one.
    static int specificity(String pattern) {
        return pattern.endsWith("*") ? pattern.length() - 1 : Integer.MAX_VALUE;
    }

    /// Of filters: `*` may stand at either end, or at both.
    static boolean anyMatches(List<String> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> filterMatches(pattern, name));
    }

    private static boolean filterMatches(String pattern, String name) {
        boolean open = pattern.startsWith("*");
        boolean end = pattern.length() > 1 && pattern.endsWith("*");
        String core = pattern.substring(open ? 1 : 0, pattern.length() - (end ? 1 : 0));
        if (open && end) {
            return name.contains(core);
        }
        if (open) {
            return name.endsWith(core);
        }
        return end ? name.startsWith(core) : name.equals(core);
    }
}
