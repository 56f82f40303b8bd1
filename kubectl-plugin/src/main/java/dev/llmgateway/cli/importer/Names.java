package dev.llmgateway.cli.importer;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Object names from names for people, each once.
final class Names {
    private static final int LONGEST = 46;

    private final Set<String> used = new HashSet<>();

    /// @param fallback for a name without a Latin letter, such as `account`
    String of(String displayName, String fallback) {
        String plain =
                displayName
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-+", "");
        String cut = plain.substring(0, Math.min(LONGEST, plain.length())).replaceAll("-+$", "");
        String base =
                cut.isEmpty()
                        ? fallback
                        : Character.isDigit(cut.charAt(0)) ? fallback + "-" + cut : cut;
        String name = base;
        for (int i = 2; !used.add(name); i++) {
            name = base + "-" + i;
        }
        return name;
    }
}
