package dev.llmgateway.runtime.transport;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where connections go to; pools are kept per endpoint.
///
/// @param host name or literal address, without brackets
/// @param tls profile of the TLS client; connections of different profiles are never shared
/// @param egress guard and proxy of the connection
public record Endpoint(String host, int port, TlsProfile tls, EgressPolicy egress) {
    /// Of a proxy URL that names none.
    private static final int PROXY_PORT = 80;

    private static final Pattern AUTHORITY =
            Pattern.compile("http://(\\[[^]/]*]|[^:/]*)(?::([0-9]{1,5}))?/?.*");

    /// What is dialled: the proxy, or the endpoint itself.
    Endpoint hop() {
        if (egress.proxy().isEmpty()) {
            return this;
        }
        Matcher proxy = AUTHORITY.matcher(egress.proxy());
        if (!proxy.matches()) {
            return new Endpoint("", PROXY_PORT, TlsProfile.CLEAR, egress); // the guard refuses it
        }
        String name = proxy.group(1);
        return new Endpoint(
                name.startsWith("[") ? name.substring(1, name.length() - 1) : name,
                proxy.group(2) == null ? PROXY_PORT : Integer.parseInt(proxy.group(2)),
                TlsProfile.CLEAR,
                egress);
    }

    /// Whether the proxy is asked for a tunnel; clear text goes to the proxy itself.
    boolean tunnelled() {
        return tls.enabled() && !egress.proxy().isEmpty();
    }

    /// The host without the dot that may end a name: certificates and SNI have none.
    String certificateName() {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
