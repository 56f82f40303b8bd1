package dev.llmgateway.cli.endpoint;

import dev.llmgateway.crds.plan.EgressPlan;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/// Where a call to a URL is dialled.
///
/// @param host as the URL has it; IPv6 in brackets
/// @param dialled host of the proxy, or the same
/// @param proxied whether a proxy stands in between
record Hop(
        boolean secure, String host, int port, String dialled, int dialledPort, boolean proxied) {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    static Hop of(URI url, EgressPlan egress) {
        boolean secure = url.getScheme().equalsIgnoreCase("https");
        int port = url.getPort() < 0 ? (secure ? HTTPS : HTTP) : url.getPort();
        String host = url.getHost().toLowerCase(Locale.ROOT);
        String proxy = secure ? egress.httpsProxy() : egress.httpProxy();
        if (proxy.isEmpty() || direct(egress.noProxy(), host, port)) {
            return new Hop(secure, host, port, host, port, false);
        }
        URI by = URI.create(proxy);
        int proxyPort = by.getPort() < 0 ? HTTP : by.getPort();
        return new Hop(secure, host, port, by.getHost(), proxyPort, true);
    }

    /// By name alone: what a network in `noProxy` holds is not known without resolving.
    private static boolean direct(List<String> entries, String host, int port) {
        for (String entry : entries) {
            String plain = entry.strip().toLowerCase(Locale.ROOT);
            String suffix = plain.startsWith("*.") ? plain.substring(1) : plain;
            boolean inDomain =
                    suffix.startsWith(".")
                            && (host.endsWith(suffix) || host.equals(suffix.substring(1)));
            if (plain.equals("*")
                    || inDomain
                    || plain.equals(host)
                    || plain.equals(host + ":" + port)) {
                return true;
            }
        }
        return false;
    }

    /// Host and port as `host` and CONNECT write them.
    String authority() {
        return host + ":" + port;
    }

    /// Without brackets.
    static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
