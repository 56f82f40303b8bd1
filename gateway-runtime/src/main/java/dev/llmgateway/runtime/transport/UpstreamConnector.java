package dev.llmgateway.runtime.transport;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/// Opens connections of one loop to upstreams: the only place that knows host names.
///
/// What is dialled, the upstream or its proxy, is resolved here and the addresses are judged before
/// one is dialled, so the address that was checked is the address that is connected. A target
/// behind a proxy is judged by its name or literal address only: the proxy resolves it.
final class UpstreamConnector {
    /// An address that does not answer is left for the next after this long.
    private static final int NEXT_ADDRESS_MILLIS = 800;

    private final Context context;
    private final LoopState loop;
    private final NetClient client;
    private final HostNames names;
    private final ReplyHead scratch;

    UpstreamConnector(Vertx vertx, Context context, LoopState loop) {
        this.context = context;
        this.loop = loop;
        this.client =
                vertx.createNetClient(
                        new NetClientOptions()
                                .setTcpNoDelay(true)
                                .setTcpKeepAlive(true)
                                .setSslEngineOptions(TlsClient.engine()));
        this.names =
                new HostNames(
                        loop.deadlines(),
                        loop::read,
                        host -> Pipelines.resolve(vertx, loop.eventLoop(), host));
        this.scratch = new ReplyHead(loop.limits().headers());
    }

    /// Begins to open a connection for a call; the outcome is told later, never at once.
    ConnectAttempt connect(UpstreamPool pool, PendingCall call, ConnectAttempt.Outcome outcome) {
        ConnectAttempt attempt =
                new ConnectAttempt(
                        loop, pool.endpoint(), call.request().timeouts(), call.totalAt(), outcome);
        context.runOnContext(_ -> guarded(attempt, () -> begin(attempt, pool)));
        return attempt;
    }

    /// Settings that nobody can connect with fail the attempt; its lease is given back.
    private void guarded(ConnectAttempt attempt, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException bug) {
            loop.failed(bug);
            attempt.failed(TransportFailure.Kind.Connect, "internal error");
        }
    }

    private void begin(ConnectAttempt attempt, UpstreamPool pool) {
        if (attempt.over()) {
            return;
        }
        Endpoint hop = attempt.endpoint().hop();
        Optional<String> forbidden = AddressGuard.forbids(attempt.endpoint());
        if (forbidden.isPresent()) {
            attempt.failed(TransportFailure.Kind.Forbidden, forbidden.get());
            return;
        }
        Optional<InetAddress> literal = AddressGuard.literal(hop.host());
        if (literal.isPresent()) {
            dialAllowed(attempt, pool, List.of(literal.get()));
        } else {
            names.resolve(hop.host(), new Dialler(attempt, pool));
        }
    }

    private void dialAllowed(
            ConnectAttempt attempt, UpstreamPool pool, List<InetAddress> addresses) {
        Endpoint hop = attempt.endpoint().hop();
        Queue<InetAddress> allowed = new ArrayDeque<>();
        addresses.stream()
                .filter(address -> AddressGuard.allows(address, hop))
                .forEach(allowed::add);
        if (allowed.isEmpty()) {
            attempt.failed(
                    TransportFailure.Kind.Forbidden, "every address of the host is forbidden");
        } else {
            attempt.dialling();
            dial(attempt, pool, allowed);
        }
    }

    private void dial(ConnectAttempt attempt, UpstreamPool pool, Queue<InetAddress> addresses) {
        InetAddress address = addresses.remove();
        ConnectOptions options =
                new ConnectOptions()
                        .setRemoteAddress(remote(attempt.endpoint(), address))
                        .setSsl(false)
                        .setTimeout(patience(attempt, addresses.size()));
        client.connect(options)
                .onComplete(
                        socket -> {
                            if (attempt.takes(socket)) {
                                dialled(attempt, pool, socket);
                            }
                        },
                        _ -> {
                            if (addresses.isEmpty() || attempt.over() || attempt.late()) {
                                attempt.failed(
                                        TransportFailure.Kind.Connect,
                                        "no connection to the upstream");
                            } else {
                                guarded(attempt, () -> dial(attempt, pool, addresses));
                            }
                        });
    }

    /// The judged address under the name that a certificate is checked against; nothing resolves it
    /// again.
    private static SocketAddress remote(Endpoint endpoint, InetAddress address) {
        try {
            InetAddress named =
                    InetAddress.getByAddress(endpoint.certificateName(), address.getAddress());
            return SocketAddress.inetSocketAddress(
                    new InetSocketAddress(named, endpoint.hop().port()));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // an address has 4 or 16 bytes
        }
    }

    /// The last address may take what is left of the connect timeout, the others their share of it
    /// at most.
    private static int patience(ConnectAttempt attempt, int others) {
        long left = attempt.left();
        long share = others > 0 && left > 0 ? Math.max(1, left / (others + 1)) : left;
        return Math.toIntExact(
                others > 0 && (share == 0 || share > NEXT_ADDRESS_MILLIS)
                        ? NEXT_ADDRESS_MILLIS
                        : share);
    }

    private void dialled(ConnectAttempt attempt, UpstreamPool pool, NetSocket socket) {
        Endpoint endpoint = attempt.endpoint();
        if (!endpoint.tunnelled()) {
            secure(attempt, pool, socket);
            return;
        }
        ProxyTunnel.Outcome outcome =
                new ProxyTunnel.Outcome() {
                    @Override
                    public void open() {
                        secure(attempt, pool, socket);
                    }

                    @Override
                    public void refused(String detail) {
                        attempt.failed(TransportFailure.Kind.Connect, detail);
                    }
                };
        String target = ProxyTunnel.authority(endpoint.host(), endpoint.port());
        Pipelines.tunnel(socket, new ProxyTunnel(target, scratch, outcome));
    }

    private void secure(ConnectAttempt attempt, UpstreamPool pool, NetSocket socket) {
        Endpoint endpoint = attempt.endpoint();
        if (attempt.over()) {
            return;
        }
        if (!endpoint.tls().enabled()) {
            connected(attempt, pool, socket);
            return;
        }
        attempt.securing();
        TlsClient.secure(socket, endpoint, attempt.timeouts().tls())
                .onComplete(
                        _ -> connected(attempt, pool, socket),
                        cause -> attempt.failed(TransportFailure.Kind.Tls, TlsFault.reason(cause)));
    }

    private void connected(ConnectAttempt attempt, UpstreamPool pool, NetSocket socket) {
        if (attempt.over()) {
            return;
        }
        if (!Pipelines.of(socket).channel().isActive()) {
            attempt.failed(TransportFailure.Kind.Connect, "the upstream closed the connection");
            return; // nothing would ever tell of its end
        }
        UpstreamConnection connection = new UpstreamConnection(loop, pool, scratch);
        Pipelines.upstream(socket, connection);
        attempt.connected(connection);
    }

    /// Goes on when the name is resolved.
    private final class Dialler implements HostNames.Asker {
        private final ConnectAttempt attempt;
        private final UpstreamPool pool;

        Dialler(ConnectAttempt attempt, UpstreamPool pool) {
            this.attempt = attempt;
            this.pool = pool;
        }

        @Override
        public void found(List<InetAddress> addresses) {
            if (!attempt.over()) {
                guarded(attempt, () -> dialAllowed(attempt, pool, addresses));
            }
        }

        @Override
        public void missing(String detail) {
            attempt.failed(TransportFailure.Kind.Dns, detail);
        }
    }
}
