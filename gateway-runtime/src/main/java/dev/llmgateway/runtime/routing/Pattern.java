package dev.llmgateway.runtime.routing;

/// A model name pattern: exact, `prefix*` or `*`.
///
/// Specificity orders matches: an exact name beats every prefix, a longer prefix a shorter one
/// (spec/resources.md).
record Pattern(String text, boolean prefix) {
    static Pattern of(String pattern) {
        return pattern.endsWith("*")
                ? new Pattern(pattern.substring(0, pattern.length() - 1), true)
                : new Pattern(pattern, false);
    }

    boolean matches(String name) {
        return prefix ? name.startsWith(text) : name.equals(text);
    }

    int specificity() {
        return prefix ? text.length() : Integer.MAX_VALUE;
    }
}
