package dev.llmgateway.runtime.model;

import java.util.List;

/// Patterns of model names in filters: `*` may stand at either end, or at both.
public final class NamePattern {
    private NamePattern() {}

    public static boolean matchesAny(List<String> patterns, String name) {
        for (String pattern : patterns) {
            if (matches(pattern, name)) {
                return true;
            }
        }
        return false;
    }

    public static boolean matches(String pattern, String name) {
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
