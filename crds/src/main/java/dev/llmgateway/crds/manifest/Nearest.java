package dev.llmgateway.crds.manifest;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Which valid name was probably meant.
final class Nearest {
    /// Edits up to which a name counts as misspelt; at least one letter must be right.
    private static final int MOST_EDITS = 2;

    private Nearest() {}

    /// `; did you mean "provider"?`, or else `; valid: a, b, c`.
    static String hint(String written, Collection<String> valid) {
        return of(written, valid)
                .map(name -> "; did you mean \"" + name + "\"?")
                .orElse("; valid: " + String.join(", ", valid));
    }

    /// The closest name; case is free, and of equally close ones the first counts.
    static Optional<String> of(String written, Collection<String> valid) {
        return valid.stream()
                .filter(name -> edits(written, name) <= Math.min(MOST_EDITS, written.length() - 1))
                .min(Comparator.comparingInt(name -> edits(written, name)));
    }

    /// Insertions, deletions, replacements and swaps of neighbours (Damerau, optimal alignment),
    /// case ignored.
    static int edits(String one, String other) {
        if (Math.abs(one.length() - other.length()) > MOST_EDITS) {
            return MOST_EDITS + 1;
        }
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
