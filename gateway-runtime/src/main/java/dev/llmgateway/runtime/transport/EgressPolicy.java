package dev.llmgateway.runtime.transport;

import java.util.List;

/// Which addresses a connection may go to, and through which proxy.
///
/// @param allowPrivate permits loopback and private addresses and clear text
/// @param allowHosts exceptions: `host`, `host:port`, `*.suffix`
/// @param proxy absolute http URL of the proxy; empty: direct
public record EgressPolicy(boolean allowPrivate, List<String> allowHosts, String proxy) {
    public EgressPolicy {
        allowHosts = List.copyOf(allowHosts);
    }
}
