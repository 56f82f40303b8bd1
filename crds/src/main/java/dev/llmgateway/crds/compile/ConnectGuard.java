package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.plan.EgressPlan;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Judges calls to sign-in endpoints where they are made: first the URL, then, since names resolve
/// later and may change, the address that is about to be connected.
///
/// @param allowPrivate the gateway permits private addresses and plain http
/// @param allowHosts exceptions of the gateway: `host`, `host:port`, `*.suffix`
public record ConnectGuard(boolean allowPrivate, List<String> allowHosts) {
    public ConnectGuard {
        allowHosts = List.copyOf(allowHosts);
    }

    public static ConnectGuard of(EgressPlan egress) {
        return new ConnectGuard(egress.allowPrivateNetworks(), egress.allowHosts());
    }

    /// What speaks against a URL; empty: nothing.
    public Optional<String> refuse(String url) {
        return new AddressRules(allowPrivate, allowHosts).refuse(url);
    }

    /// Whether a connection may go there.
    ///
    /// @param host that resolved to `address`; IPv6 in brackets
    public boolean allows(InetAddress address, String host, int port) {
        return switch (AddressClass.of(address)) {
            case Public -> true;
            case Private ->
                    new AddressRules(allowPrivate, allowHosts)
                            .permits(host.toLowerCase(Locale.ROOT), port);
            case Never, Malformed -> false;
        };
    }
}
