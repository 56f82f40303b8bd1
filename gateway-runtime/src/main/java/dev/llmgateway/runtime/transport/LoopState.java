package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.CodecException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// One event loop's own: clock, deadlines, upstream pools, gauges. Used on that loop only, but for
/// the gauges.
final class LoopState implements Loop {
    /// Between two sweeps of the deadlines, and so the most that `now` is late while the loop is
    /// free.
    static final long SWEEP_MILLIS = 100;

    private static final long PAUSE_MILLIS = 5 * SWEEP_MILLIS;

    private final int index;
    private final EventLoop eventLoop;
    private final TransportServer server;
    private final Deadlines deadlines = new Deadlines();
    private final Gauge clientConnections = new Gauge();
    private final Gauge requests = new Gauge();
    private final Gauge decodings = new Gauge();
    private final UpstreamPools pools;
    private final WaitingBodies waitingBodies;
    private final LoopWatch watch;
    private long now;
    private long swept;

    LoopState(int index, EventLoop eventLoop, TransportServer server, ConnectorFactory connectors) {
        this.index = index;
        this.eventLoop = eventLoop;
        this.server = server;
        this.now = server.clock().getAsLong();
        this.pools = new UpstreamPools(this, connectors.create(this));
        this.waitingBodies = new WaitingBodies(this, server.budget());
        this.watch = LoopWatch.on(eventLoop);
        this.swept = now;
        eventLoop.scheduleWithFixedDelay(
                this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Makes what connects to upstreams from a loop.
    interface ConnectorFactory {
        UpstreamConnector create(LoopState loop);
    }

    /// Behind a pause of the loop (a stopped process, a collection) what arrived meanwhile still
    /// waits in the sockets: it is read first, deadlines are judged a sweep later.
    private void sweep() {
        read();
        boolean paused = now - swept > PAUSE_MILLIS;
        swept = now;
        if (!paused) {
            deadlines.sweep(now, this::failed);
        }
    }

    /// The clock read anew, for a deadline that must not fire early.
    long read() {
        now = server.clock().getAsLong();
        return now;
    }

    /// The time of a deadline that is never early, although `now` may be a sweep old.
    long until(long millis) {
        return now + millis + SWEEP_MILLIS;
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public Cancellable after(long millis, Runnable task) {
        var scheduled = eventLoop.schedule(task, millis, TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public void execute(Runnable task) {
        eventLoop.execute(task);
    }

    @Override
    public UpstreamClient upstream() {
        return pools;
    }

    @Override
    public ByteBufAllocator allocator() {
        return ByteBufAllocator.DEFAULT;
    }

    @Override
    public int index() {
        return index;
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    HttpLimits limits() {
        return server.limits();
    }

    boolean leaving() {
        return server.leaving();
    }

    TransportErrors errors() {
        return server.errors();
    }

    ClientAddresses addresses() {
        return server.addresses();
    }

    BodyBudget budget() {
        return server.budget();
    }

    WaitingBodies waitingBodies() {
        return waitingBodies;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    UpstreamPools pools() {
        return pools;
    }

    Gauge clientConnections() {
        return clientConnections;
    }

    /// Decoders that hold native memory.
    Gauge decodings() {
        return decodings;
    }

    Gauge requests() {
        return requests;
    }

    LoopLags lags() {
        return watch.read();
    }

    /// What a pipeline threw: the network's doing is nobody's bug, everything else is told.
    void caught(Throwable cause) {
        Throwable root =
                cause instanceof CodecException && cause.getCause() != null
                        ? cause.getCause()
                        : cause;
        if (!(root instanceof IOException || root instanceof CodecException)) {
            failed(root);
        }
    }

    /// A bug of ours ended one exchange; it is told, never swallowed.
    void failed(Throwable bug) {
        server.failed(bug);
    }
}
