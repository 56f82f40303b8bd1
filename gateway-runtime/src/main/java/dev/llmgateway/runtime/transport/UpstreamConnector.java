package dev.llmgateway.runtime.transport;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/// Opens connections of one loop to upstreams: the only place that knows host names.
///
/// A name is resolved here and the addresses are judged before one is dialled, so the address that
/// was checked is the address that is connected; when one does not answer, the next is tried: the
/// addresses share the connect timeout. Names that go through a proxy are resolved by the proxy.
final class UpstreamConnector {
    /// Handshakes take this long at most where a call says nothing.
    private static final long DEFAULT_HANDSHAKE_MILLIS = 5_000;

    private final Vertx vertx;
    private final Context context;
    private final LoopState loop;
    private final Map<Profile, NetClient> clients = new HashMap<>();
    private final ReplyHead scratch;

    UpstreamConnector(Vertx vertx, Context context, LoopState loop) {
        this.vertx = vertx;
        this.context = context;
        this.loop = loop;
        this.scratch = new ReplyHead(loop.limits().headers());
    }

    /// What came of an attempt; called on the loop.
    interface Outcome {
        void connected(UpstreamConnection connection);

        void failed(TransportFailure.Kind kind, String detail);
    }

    void connect(Endpoint endpoint, CallTimeouts timeouts, Outcome outcome, UpstreamPool pool) {
        long until = timeouts.connect() > 0 ? loop.now() + timeouts.connect() : Long.MAX_VALUE;
        Attempt attempt = new Attempt(endpoint, timeouts, until, outcome, pool);
        context.runOnContext(_ -> guarded(attempt, () -> resolve(attempt)));
    }

    /// Settings that nobody can connect with fail the attempt; its lease is given back.
    private void guarded(Attempt attempt, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            loop.failed(e);
            attempt.outcome().failed(TransportFailure.Kind.Connect, "internal error");
        }
    }

    private void resolve(Attempt attempt) {
        Endpoint endpoint = attempt.endpoint();
        Optional<String> forbidden = AddressGuard.forbidsHost(endpoint);
        Optional<InetAddress> literal = AddressGuard.literal(endpoint.host());
        if (forbidden.isPresent()) {
            attempt.outcome().failed(TransportFailure.Kind.Forbidden, forbidden.get());
        } else if (literal.isPresent() && !AddressGuard.allows(literal.get(), endpoint)) {
            attempt.outcome().failed(TransportFailure.Kind.Forbidden, "the address is forbidden");
        } else if (!endpoint.egress().proxy().isEmpty()) {
            dial(
                    attempt,
                    SocketAddress.inetSocketAddress(endpoint.port(), endpoint.host()),
                    new ArrayDeque<>());
        } else {
            literal.ifPresentOrElse(
                    address ->
                            dialAllowed(
                                    attempt,
                                    List.of(new InetSocketAddress(address, endpoint.port()))),
                    () -> lookUp(attempt));
        }
    }

    private void lookUp(Attempt attempt) {
        EventLoop eventLoop = loop.eventLoop();
        Future<List<InetSocketAddress>> found =
                Pipelines.resolve(vertx, eventLoop, attempt.endpoint().host());
        found.addListener((Future<List<InetSocketAddress>> done) -> {
            if (done.isSuccess() && !done.getNow().isEmpty()) {
                guarded(attempt, () -> dialAllowed(attempt, done.getNow()));
            } else {
                attempt.outcome().failed(TransportFailure.Kind.Dns, "the host name has no address");
            }
        });
    }

    private void dialAllowed(Attempt attempt, List<InetSocketAddress> addresses) {
        Queue<SocketAddress> allowed = new ArrayDeque<>();
        for (InetSocketAddress address : addresses) {
            if (AddressGuard.allows(address.getAddress(), attempt.endpoint())) {
                allowed.add(
                        SocketAddress.inetSocketAddress(
                                attempt.endpoint().port(), address.getAddress().getHostAddress()));
            }
        }
        SocketAddress first = allowed.poll();
        if (first == null) {
            attempt.outcome()
                    .failed(
                            TransportFailure.Kind.Forbidden,
                            "every address of the host is forbidden");
        } else {
            dial(attempt, first, allowed);
        }
    }

    private void dial(Attempt attempt, SocketAddress address, Queue<SocketAddress> others) {
        Endpoint endpoint = attempt.endpoint();
        ConnectOptions options =
                new ConnectOptions()
                        .setHost(endpoint.host())
                        .setPort(endpoint.port())
                        .setRemoteAddress(address)
                        .setSsl(endpoint.tls().enabled()) // the client's own setting is not asked
                        .setTimeout(patience(attempt, others.size() + 1));
        if (endpoint.tls().enabled() && AddressGuard.literal(endpoint.host()).isEmpty()) {
            options.setSniServerName(endpoint.host());
        }
        if (!endpoint.egress().proxy().isEmpty()) {
            options.setProxyOptions(proxy(endpoint.egress().proxy()));
        }
        client(endpoint.tls(), attempt.timeouts().tls())
                .connect(options)
                .onComplete(
                        socket -> connected(attempt, socket),
                        cause -> {
                            SocketAddress next = others.poll();
                            boolean late = attempt.until() <= loop.now();
                            if (next != null && !late && !(cause instanceof SSLException)) {
                                guarded(attempt, () -> dial(attempt, next, others));
                            } else {
                                failed(attempt, cause);
                            }
                        });
    }

    /// What is left of the connect timeout for each of the addresses; 0: no limit.
    private int patience(Attempt attempt, int addresses) {
        return attempt.until() == Long.MAX_VALUE
                ? 0
                : Math.toIntExact(Math.max(1, (attempt.until() - loop.now()) / addresses));
    }

    private void connected(Attempt attempt, NetSocket socket) {
        if (!Pipelines.of(socket).channel().isActive()) {
            attempt.outcome()
                    .failed(TransportFailure.Kind.Connect, "the upstream closed the connection");
            return; // nothing would ever tell of its end
        }
        UpstreamConnection connection = new UpstreamConnection(loop, attempt.pool(), scratch);
        Pipelines.upstream(socket, connection);
        attempt.outcome().connected(connection);
    }

    private static void failed(Attempt attempt, Throwable cause) {
        if (cause instanceof SSLException || cause.getCause() instanceof SSLException) {
            attempt.outcome().failed(TransportFailure.Kind.Tls, "the TLS handshake failed");
        } else {
            attempt.outcome()
                    .failed(TransportFailure.Kind.Connect, "no connection to the upstream");
        }
    }

    private NetClient client(TlsProfile tls, long handshakeMillis) {
        return clients.computeIfAbsent(
                new Profile(tls, handshakeMillis),
                profile ->
                        vertx.createNetClient(options(profile.tls(), profile.handshakeMillis())));
    }

    private static NetClientOptions options(TlsProfile tls, long handshakeMillis) {
        NetClientOptions options = new NetClientOptions().setTcpNoDelay(true).setTcpKeepAlive(true);
        if (tls.enabled()) {
            options.setSsl(true)
                    .setHostnameVerificationAlgorithm("HTTPS")
                    .setSslEngineOptions(
                            OpenSSLEngineOptions.isAvailable()
                                    ? new OpenSSLEngineOptions()
                                    : new JdkSSLEngineOptions());
            options.setSslHandshakeTimeout(
                    handshakeMillis > 0 ? handshakeMillis : DEFAULT_HANDSHAKE_MILLIS);
            options.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
            if (!tls.trustedRoots().isEmpty()) {
                options.setTrustOptions(
                        new PemTrustOptions().addCertValue(Buffer.buffer(tls.trustedRoots())));
            }
        }
        return options;
    }

    private static ProxyOptions proxy(String url) {
        URI proxy = URI.create(url);
        return new ProxyOptions()
                .setType(ProxyType.HTTP)
                .setHost(proxy.getHost())
                .setPort(proxy.getPort() > 0 ? proxy.getPort() : 80);
    }

    /// Options that a client is made with; the others are given per connection.
    private record Profile(TlsProfile tls, long handshakeMillis) {}

    /// @param until end of the connect timeout on the loop's clock; `Long.MAX_VALUE`: none
    private record Attempt(
            Endpoint endpoint,
            CallTimeouts timeouts,
            long until,
            Outcome outcome,
            UpstreamPool pool) {}
}
