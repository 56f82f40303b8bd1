package dev.llmgateway.runtime.transport;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Connections of one loop to one endpoint: the hottest idle one serves next; beyond the most
/// allowed, calls wait their turn for a bounded time.
final class UpstreamPool {
    private final LoopState loop;
    private final Endpoint endpoint;
    private final UpstreamPools pools;
    private final Deque<Idle> idle = new ArrayDeque<>();
    private final Deque<PendingCall> waiting = new ArrayDeque<>();
    private final WaitDeadline deadline = new WaitDeadline();
    private int open;

    UpstreamPool(LoopState loop, Endpoint endpoint, UpstreamPools pools) {
        this.loop = loop;
        this.endpoint = endpoint;
        this.pools = pools;
        loop.deadlines().add(deadline);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    void submit(PendingCall call) {
        UpstreamConnection connection = hottest();
        if (connection != null) {
            pools.leased().up();
            connection.serve(call);
        } else if (open < loop.limits().poolConnections()) {
            connect(call);
        } else if (roomToWait()) {
            waiting.add(call);
            deadline.at(loop.now());
        } else {
            loop.execute(
                    () -> call.fail(TransportFailure.Kind.PoolExhausted, "too many calls wait"));
        }
    }

    /// Calls that were given up hold no place.
    private boolean roomToWait() {
        int most = loop.limits().poolWaiting();
        return waiting.size() < most
                || (waiting.removeIf(PendingCall::over) && waiting.size() < most);
    }

    private @Nullable UpstreamConnection hottest() {
        Idle resting = idle.pollLast();
        while (resting != null) {
            pools.resting().down();
            if (resting.connection().usable()) {
                return resting.connection();
            }
            pools.leased().up(); // it is closing; `lost` will take it back
            resting = idle.pollLast();
        }
        return null;
    }

    private void connect(PendingCall call) {
        open++;
        pools.leased().up();
        call.connecting(pools.connector().connect(this, call, new Opened(call)));
    }

    /// What came of an attempt to connect for a call.
    private final class Opened implements ConnectAttempt.Outcome {
        private final PendingCall call;

        Opened(PendingCall call) {
            this.call = call;
        }

        @Override
        public void connected(UpstreamConnection connection) {
            if (call.over()) {
                idle(connection);
            } else {
                connection.serve(call);
            }
        }

        @Override
        public void failed(TransportFailure.Kind kind, String detail) {
            open--;
            pools.leased().down();
            call.fail(kind, detail);
            next();
            forgetEmpty();
        }
    }

    /// A connection ended its call cleanly.
    void idle(UpstreamConnection connection) {
        pools.leased().down();
        PendingCall next = nextWaiting();
        if (next != null) {
            pools.leased().up();
            connection.serve(next);
            return;
        }
        idle.addLast(new Idle(connection, loop.now() + loop.limits().poolIdleMillis()));
        pools.resting().up();
        deadline.at(loop.now() + loop.limits().poolIdleMillis());
    }

    /// A connection is gone.
    void lost(UpstreamConnection connection) {
        open--;
        if (idle.removeIf(resting -> resting.connection() == connection)) {
            pools.resting().down();
        } else {
            pools.leased().down();
        }
        next();
        forgetEmpty();
    }

    /// Endpoints change with every plan; a pool that holds nothing is made again when it is asked
    /// for.
    private void forgetEmpty() {
        if (open == 0 && waiting.isEmpty()) {
            pools.forget(endpoint, this);
            loop.deadlines().remove(deadline);
        }
    }

    /// There is room for one more connection.
    private void next() {
        PendingCall next = nextWaiting();
        if (next != null) {
            connect(next);
        }
    }

    private @Nullable PendingCall nextWaiting() {
        PendingCall next = waiting.poll();
        while (next != null && next.over()) {
            next = waiting.poll();
        }
        return next;
    }

    /// Fails calls that waited too long or whose whole time is over. What they do then may add
    /// calls to the queue.
    private void failLate(long now) {
        waiting.removeIf(PendingCall::over);
        long patience = loop.limits().poolWaitMillis();
        List<PendingCall> late =
                waiting.stream()
                        .filter(call -> call.waited(now, patience) || call.totalAt() <= now)
                        .toList();
        waiting.removeAll(late);
        for (PendingCall call : late) {
            if (call.totalAt() <= now) {
                call.fail(TransportFailure.Kind.Timeout, "the call's time ended in the queue");
            } else {
                call.fail(TransportFailure.Kind.PoolExhausted, "no connection came free in time");
            }
        }
    }

    private record Idle(UpstreamConnection connection, long until) {}

    /// Closes connections that rested too long and fails calls that waited too long.
    private final class WaitDeadline extends Deadlines.Deadline {
        @Override
        void expired(long now) {
            while (!idle.isEmpty() && idle.getFirst().until() <= now) {
                UpstreamConnection coldest = idle.removeFirst().connection();
                pools.resting().down();
                pools.leased().up(); // `lost` will take it back
                coldest.close();
            }
            failLate(now);
            if (!waiting.isEmpty()) {
                at(now);
            } else if (!idle.isEmpty()) {
                at(idle.getFirst().until());
            }
        }
    }
}
