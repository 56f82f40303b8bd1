package dev.llmgateway.runtime.transport;

import io.netty.channel.EventLoop;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.dns.AddressResolverOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// The data plane's HTTP edge: listeners on every event loop, and what they share.
public final class TransportServer {
    private final Vertx vertx;
    private final Function<Loop, RequestHandler> handlers;
    private final TransportErrors errors;
    private final Consumer<Throwable> bugs;
    private final BodyBudget budget;
    private final ClientAddresses addresses = new ClientAddresses();
    private final List<LoopState> loops = new CopyOnWriteArrayList<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final LongSupplier clock;
    private volatile HttpLimits limits;
    private volatile boolean leaving;

    /// @param handlers makes the request handler of each loop
    /// @param bugs hears of exceptions that ended an exchange
    public TransportServer(
            Vertx vertx,
            HttpLimits limits,
            TransportErrors errors,
            Function<Loop, RequestHandler> handlers,
            Consumer<Throwable> bugs) {
        this(vertx, limits, errors, handlers, bugs, () -> System.nanoTime() / 1_000_000);
    }

    /// @param clock monotonic, milliseconds; what all deadlines go by
    public TransportServer(
            Vertx vertx,
            HttpLimits limits,
            TransportErrors errors,
            Function<Loop, RequestHandler> handlers,
            Consumer<Throwable> bugs,
            LongSupplier clock) {
        this.vertx = vertx;
        this.limits = limits;
        this.errors = errors;
        this.handlers = handlers;
        this.bugs = bugs;
        this.clock = clock;
        this.budget = new BodyBudget(limits.bodyMemory());
    }

    /// How the Vert.x that carries an edge resolves names: answers are kept for their TTL within a
    /// second and five minutes; a silent name server is left for the next after a second.
    public static AddressResolverOptions resolving() {
        return new AddressResolverOptions()
                .setCacheMinTimeToLive(1)
                .setCacheMaxTimeToLive(300)
                .setCacheNegativeTimeToLive(0) // `HostNames` does it
                .setQueryTimeout(1_000)
                .setMaxQueries(8);
    }

    /// Listens on `loops` event loops.
    ///
    /// @param port 0: any free one
    /// @return the port in use
    public Future<Integer> listen(String host, int port, int loops, Optional<ServerTls> tls) {
        Thread.ofPlatform().daemon().name("zstd").start(this::prepareZstd);
        int shared =
                port == 0
                        ? -1
                        : port; // Vert.x: a negative port is a free one that all instances share
        return vertx.deployVerticle(
                        () -> new Listener(this, host, shared, tls),
                        new DeploymentOptions().setInstances(loops))
                .map(_ -> listeners.getFirst().actualPort());
    }

    /// Its native code is unpacked and linked: too long for a loop, and nobody waits for it.
    private void prepareZstd() {
        try {
            ZstdDecoding.load();
        } catch (LinkageError e) {
            failed(e);
        }
    }

    /// New bounds for what arrives from now on.
    public void limits(HttpLimits next) {
        limits = next;
        budget.limit(next.bodyMemory());
    }

    /// New certificate, key and client roots for connections accepted from now on; those that are
    /// open keep theirs. Fails, and keeps the old ones, when the new cannot be read or the port is
    /// in clear text.
    public Future<Void> updateTls(ServerTls next) {
        return Future.join(listeners.stream().map(listener -> listener.updateTls(next)).toList())
                .mapEmpty();
    }

    /// From now on every reply is its connection's last, so that clients with kept connections go
    /// elsewhere before `drain` closes the idle ones; new connections are still taken.
    public void leave() {
        leaving = true;
    }

    boolean leaving() {
        return leaving;
    }

    /// Stops accepting; what runs may take `grace`, then it is cut. Complete when the last
    /// connection is closed.
    public Future<Void> drain(Duration grace) {
        return Future.join(listeners.stream().map(listener -> listener.drain(grace)).toList())
                .mapEmpty();
    }

    public TransportStats stats() {
        int clients = 0;
        int leased = 0;
        int idle = 0;
        long requests = 0;
        LoopLags lags = LoopLags.NONE;
        for (LoopState loop : loops) {
            clients += loop.clientConnections().read();
            leased += loop.pools().leased().read();
            idle += loop.pools().resting().read();
            requests += loop.requests().read();
            lags = lags.plus(loop.lags());
        }
        return new TransportStats(clients, leased, idle, budget.used(), requests, lags);
    }

    LoopState register(
            Listener listener, EventLoop eventLoop, LoopState.ConnectorFactory connectors) {
        synchronized (loops) {
            LoopState loop = new LoopState(loops.size(), eventLoop, this, connectors);
            loops.add(loop);
            listeners.add(listener);
            return loop;
        }
    }

    RequestHandler handler(Loop loop) {
        return handlers.apply(loop);
    }

    HttpLimits limits() {
        return limits;
    }

    LongSupplier clock() {
        return clock;
    }

    TransportErrors errors() {
        return errors;
    }

    ClientAddresses addresses() {
        return addresses;
    }

    BodyBudget budget() {
        return budget;
    }

    void failed(Throwable bug) {
        bugs.accept(bug);
    }
}
