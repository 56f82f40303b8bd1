package dev.llmgateway.runtime.transport;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// All upstream pools of one loop.
final class UpstreamPools implements UpstreamClient {
    private final LoopState loop;
    private final UpstreamConnector connector;
    private final Map<Endpoint, UpstreamPool> pools = new HashMap<>();
    private final Consumer<Throwable> bugs;
    private final Gauge leased = new Gauge();
    private final Gauge resting = new Gauge();

    UpstreamPools(LoopState loop, UpstreamConnector connector) {
        this.loop = loop;
        this.connector = connector;
        this.bugs = loop::failed;
    }

    @Override
    public UpstreamCall call(Endpoint endpoint, UpstreamRequest request, Reply reply) {
        PendingCall call = new PendingCall(request, reply, loop.now(), bugs);
        UpstreamPool pool = pools.get(endpoint);
        if (pool == null) {
            pool = new UpstreamPool(loop, endpoint, this);
            pools.put(endpoint, pool);
        }
        pool.submit(call);
        return call;
    }

    void forget(Endpoint endpoint, UpstreamPool pool) {
        pools.remove(endpoint, pool);
    }

    UpstreamConnector connector() {
        return connector;
    }

    /// Connections that serve a call or are being made for one.
    Gauge leased() {
        return leased;
    }

    /// Connections kept for a next call.
    Gauge resting() {
        return resting;
    }
}
