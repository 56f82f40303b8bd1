package dev.llmgateway.crds.plan;

import java.util.List;

/// How upstreams of one account are reached; the account's values over the gateway's.
///
/// @param httpProxy proxy for http upstreams, absolute URL; empty: direct
/// @param httpsProxy proxy for https upstreams (CONNECT), absolute URL; empty: direct
/// @param noProxy hosts, `.suffix`es and CIDRs reached directly
/// @param caBundle PEM text of trusted roots instead of the platform's; empty: the platform's
/// @param allowPrivateNetworks permits private and loopback addresses and plain http
/// @param allowHosts exceptions: `host`, `host:port`, `*.suffix`
public record EgressPlan(
        String httpProxy,
        String httpsProxy,
        List<String> noProxy,
        String caBundle,
        boolean allowPrivateNetworks,
        List<String> allowHosts) {
    public static final EgressPlan DIRECT = new EgressPlan("", "", List.of(), "", false, List.of());

    public EgressPlan {
        noProxy = List.copyOf(noProxy);
        allowHosts = List.copyOf(allowHosts);
    }
}
