package dev.llmgateway.runtime.upstream;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Anthropic's feature headers (translation.md 1.4, 1.5).
final class AnthropicBetas {
    /// The capability of tokens from a claude.ai login; meaningless with an API key.
    static final String OAUTH = "oauth-2025-04-20";

    /// From this API version on keys travel as Bearer.
    private static final String BEARER_SINCE = "2026-10-21";

    private AnthropicBetas() {}

    /// The client's betas; the OAuth one exactly where the account is an OAuth one. Empty: no
    /// header.
    static String merged(List<String> lines, boolean oauth) {
        if (lines.isEmpty()) {
            return oauth ? OAUTH : "";
        }
        if (lines.size() == 1 && !oauth && !lines.getFirst().contains(OAUTH)) {
            return lines.getFirst();
        }
        Set<String> betas = new LinkedHashSet<>();
        for (String line : lines) {
            for (String beta : line.split(",", -1)) {
                if (!beta.isBlank()) {
                    betas.add(beta.strip());
                }
            }
        }
        if (oauth) {
            betas.add(OAUTH);
        } else {
            betas.remove(OAUTH);
        }
        return String.join(",", betas);
    }

    /// Versions are dates, so they compare as text.
    static boolean bearerVersion(@Nullable String version) {
        return version != null && version.compareTo(BEARER_SINCE) >= 0;
    }
}
