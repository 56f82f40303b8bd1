package dev.llmgateway.runtime.transport;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SSLEngineOptions;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The client's side of TLS on a connected socket: TLS 1.2 and 1.3, the certificate's chain and
/// name always checked. A client keeps the contexts of its 64 most recent profiles, and their
/// sessions, which are resumed.
final class TlsClient {
    /// Handshakes take this long at most where a call says nothing.
    private static final long DEFAULT_HANDSHAKE_MILLIS = 5_000;

    private TlsClient() {}

    static SSLEngineOptions engine() {
        return OpenSSLEngineOptions.isAvailable()
                ? new OpenSSLEngineOptions()
                : new JdkSSLEngineOptions();
    }

    /// Fails, and the socket is of no use, when the peer is not who it should be or takes too long.
    ///
    /// @param handshakeMillis 0: the default
    static Future<Void> secure(NetSocket socket, Endpoint endpoint, long handshakeMillis) {
        return socket.upgradeToSsl(options(endpoint.tls(), handshakeMillis), serverName(endpoint));
    }

    /// What SNI says; addresses have none.
    private static @Nullable String serverName(Endpoint endpoint) {
        return AddressGuard.literal(endpoint.host()).isPresent()
                ? null
                : endpoint.certificateName();
    }

    private static ClientSSLOptions options(TlsProfile tls, long handshakeMillis) {
        ClientSSLOptions options =
                new ClientSSLOptions()
                        .setHostnameVerificationAlgorithm("HTTPS")
                        .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                        .setSslHandshakeTimeout(
                                handshakeMillis > 0 ? handshakeMillis : DEFAULT_HANDSHAKE_MILLIS)
                        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        if (!tls.trustedRoots().isEmpty()) {
            options.setTrustOptions(
                    new PemTrustOptions().addCertValue(Buffer.buffer(tls.trustedRoots())));
        }
        return options;
    }
}
