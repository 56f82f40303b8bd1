package dev.llmgateway.crds.plan;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Judges a `resource_url` of a token answer. What it lets through is still subject to the guard on
/// addresses when it is called.
final class ResourceHosts {
    private ResourceHosts() {}

    /// @param text a URL, or a bare host as Qwen writes it, which gets `https://` and `/v1`
    /// @param hosts `host`, or `*.suffix` for https alone
    /// @return without trailing slashes; empty: refused
    static Optional<String> baseURL(String text, List<String> hosts) {
        String trimmed = text.strip().replaceAll("/+\\z", "");
        String url = trimmed.contains("://") ? trimmed : "https://" + trimmed + "/v1";
        try {
            URI uri = new URI(url);
            boolean plain = "http".equals(uri.getScheme());
            boolean web = plain || "https".equals(uri.getScheme());
            boolean bare = uri.getUserInfo() == null && uri.getRawQuery() == null;
            return web && bare && uri.getHost() != null && listed(uri.getHost(), plain, hosts)
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static boolean listed(String host, boolean plain, List<String> hosts) {
        String name = host.toLowerCase(Locale.ROOT);
        return hosts.stream()
                .anyMatch(entry ->
                        entry.startsWith("*.")
                                ? !plain && name.endsWith(entry.substring(1))
                                : name.equals(entry));
    }
}
