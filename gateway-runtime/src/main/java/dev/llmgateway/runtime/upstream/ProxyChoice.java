package dev.llmgateway.runtime.upstream;

import dev.llmgateway.crds.plan.EgressPlan;
import java.util.Locale;

/// Which proxy a host is reached through. `noProxy` entries are hosts, `.suffix`es, `*.suffix`es or
/// `*`.
final class ProxyChoice {
    private ProxyChoice() {}

    /// Absolute URL of the proxy; empty: direct.
    static String proxy(EgressPlan egress, boolean tls, String host) {
        String proxy = tls ? egress.httpsProxy() : egress.httpProxy();
        if (proxy.isEmpty()) {
            return "";
        }
        String name = host.toLowerCase(Locale.ROOT);
        boolean direct =
                egress.noProxy().stream()
                        .anyMatch(entry -> exempts(entry.toLowerCase(Locale.ROOT), name));
        return direct ? "" : proxy;
    }

    private static boolean exempts(String entry, String host) {
        if (entry.equals("*") || entry.equals(host)) {
            return true;
        }
        String suffix = entry.startsWith("*.") ? entry.substring(1) : entry;
        return suffix.startsWith(".") && host.endsWith(suffix);
    }
}
