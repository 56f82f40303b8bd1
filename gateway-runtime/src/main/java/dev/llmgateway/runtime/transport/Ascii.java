package dev.llmgateway.runtime.transport;

/// Comparisons that ignore the case of ASCII letters, without allocation.
final class Ascii {
    private Ascii() {}

    /// @param lower in lower case
    static boolean same(CharSequence text, String lower) {
        if (text.length() != lower.length()) {
            return false;
        }
        for (int i = 0; i < lower.length(); i++) {
            if (lower(text.charAt(i)) != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
}
