package dev.llmgateway.runtime.transport;

/// Bounds that a test can wait for.
final class Limits {
    private static final HttpLimits SERVED = HttpLimits.DEFAULT;

    private Limits() {}

    /// Every wait of the client's side is half a second.
    static HttpLimits small() {
        return of(500, 500, 500, SERVED.poolConnections(), SERVED.poolWaiting());
    }

    /// A head must come within half a second, everything else has its usual time.
    static HttpLimits slowHead() {
        return of(
                500,
                SERVED.idleMillis(),
                SERVED.stallMillis(),
                SERVED.poolConnections(),
                SERVED.poolWaiting());
    }

    /// At most `connections` to an upstream; so many calls may wait for one, half a second long.
    static HttpLimits pool(int connections, int waiting) {
        return of(
                SERVED.headMillis(),
                SERVED.idleMillis(),
                SERVED.stallMillis(),
                connections,
                waiting);
    }

    /// Upstream connections rest half a second.
    static HttpLimits briefPools() {
        HttpLimits usual = SERVED;
        return new HttpLimits(
                usual.lineBytes(),
                usual.headerBytes(),
                usual.headers(),
                usual.maxBody(),
                usual.headMillis(),
                usual.bodyGraceMillis(),
                usual.bodyBytesPerSecond(),
                usual.idleMillis(),
                usual.stallMillis(),
                usual.lingerMillis(),
                usual.bodyMemory(),
                usual.budgetWaitMillis(),
                usual.connectionsPerAddress(),
                usual.poolConnections(),
                usual.poolWaiting(),
                usual.poolWaitMillis(),
                500);
    }

    /// Bodies wait so long for room that timers, which are some milliseconds coarse, tell them
    /// apart.
    static HttpLimits patient() {
        HttpLimits small = small();
        return new HttpLimits(
                small.lineBytes(),
                small.headerBytes(),
                small.headers(),
                small.maxBody(),
                small.headMillis(),
                small.bodyGraceMillis(),
                small.bodyBytesPerSecond(),
                small.idleMillis(),
                small.stallMillis(),
                small.lingerMillis(),
                small.bodyMemory(),
                3_000,
                small.connectionsPerAddress(),
                small.poolConnections(),
                small.poolWaiting(),
                small.poolWaitMillis(),
                small.poolIdleMillis());
    }

    private static HttpLimits of(
            long head, long idle, long stall, int poolConnections, int poolWaiting) {
        return new HttpLimits(
                SERVED.lineBytes(),
                SERVED.headerBytes(),
                SERVED.headers(),
                SERVED.maxBody(),
                head,
                500,
                SERVED.bodyBytesPerSecond(),
                idle,
                stall,
                500,
                SERVED.bodyMemory(),
                500,
                SERVED.connectionsPerAddress(),
                poolConnections,
                poolWaiting,
                500,
                SERVED.poolIdleMillis());
    }
}
