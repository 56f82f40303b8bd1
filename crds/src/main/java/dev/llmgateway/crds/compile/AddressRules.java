package dev.llmgateway.crds.compile;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where upstream traffic may go, as far as a URL tells; the data plane checks the connected
/// address again, since names resolve later.
///
/// @param allowPrivate the gateway permits private addresses and plain http
/// @param allowHosts exceptions of the gateway: `host`, `host:port`, `*.suffix`
record AddressRules(boolean allowPrivate, List<String> allowHosts) {
    private static final Pattern AUTHORITY =
            Pattern.compile(
                    "https?://(\\[[0-9a-f:.]+]|[a-z0-9._-]+?)\\.?(?::([0-9]{1,5}))?(?:/.*)?");

    private record Target(String host, int port, boolean secure) {}

    /// What speaks against a URL; empty: nothing.
    Optional<String> refuse(String url) {
        return judge(url, false);
    }

    /// The same for a proxy, which is reached by plain http as a rule: only its address counts.
    Optional<String> refuseProxy(String url) {
        return url.startsWith("https:")
                ? Optional.of("proxies are spoken to in plain http: write http://")
                : judge(url, true);
    }

    private Optional<String> judge(String url, boolean plainIsFine) {
        Optional<Target> parsed = parse(url);
        if (parsed.isEmpty()) {
            return Optional.of("must be a URL with an ASCII host and a port within 1 and 65535");
        }
        Target target = parsed.get();
        return switch (AddressClass.of(target.host())) {
            case Malformed -> Optional.of("must write an IP address in its plain form");
            case Never -> Optional.of("link-local and metadata addresses are never allowed");
            case Private -> unlessPermitted(target);
            case Public ->
                    target.secure() || plainIsFine ? Optional.empty() : unlessPermitted(target);
        };
    }

    /// Whether a host may be called by plain http and at a private address.
    ///
    /// @param host lower-case, without a final dot; IPv6 in brackets
    boolean permits(String host, int port) {
        Target target = new Target(host, port, false);
        return allowPrivate || allowHosts.stream().anyMatch(entry -> names(entry, target));
    }

    private Optional<String> unlessPermitted(Target target) {
        if (permits(target.host(), target.port())) {
            return Optional.empty();
        }
        return Optional.of(
                "plain http and private addresses need the gateway's permission; add to the"
                        + " GatewayConfig `spec: {egress: {allowHosts: [\""
                        + target.host()
                        + ":"
                        + target.port()
                        + "\"]}}`");
    }

    private static boolean names(String entry, Target target) {
        String allowed = entry.toLowerCase(Locale.ROOT);
        return allowed.startsWith("*.")
                ? target.host().endsWith(allowed.substring(1))
                : allowed.equals(target.host())
                        || allowed.equals(target.host() + ":" + target.port());
    }

    private static Optional<Target> parse(String url) {
        Matcher matcher = AUTHORITY.matcher(url.toLowerCase(Locale.ROOT));
        if (!isUri(url) || !matcher.matches()) {
            return Optional.empty();
        }
        boolean secure = url.startsWith("https:");
        int port =
                matcher.group(2) == null ? (secure ? 443 : 80) : Integer.parseInt(matcher.group(2));
        return port < 1 || port > 65_535
                ? Optional.empty()
                : Optional.of(new Target(matcher.group(1), port, secure));
    }

    private static boolean isUri(String url) {
        try {
            return new URI(url).getHost() != null; // what the data plane will call
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
