package dev.llmgateway.runtime.transport;

/// Every bound of the HTTP edge. Times in milliseconds, sizes in bytes; defaults from spec/http.md,
/// Limits.
///
/// @param headMillis a request head must arrive within
/// @param bodyGraceMillis after this a body must keep `bodyBytesPerSecond`
/// @param idleMillis a kept-alive client connection may rest
/// @param stallMillis a client may take nothing of a reply that waits for it
/// @param lingerMillis input is discarded after an early reply that closes
/// @param bodyMemory request bodies of the whole process
/// @param budgetWaitMillis a body waits for room in `bodyMemory`
/// @param connectionsPerAddress of one client; 0: unlimited
/// @param poolConnections per loop and endpoint
/// @param poolWaiting calls that wait for a connection, per loop and endpoint
/// @param poolWaitMillis one of them waits
/// @param poolIdleMillis an upstream connection is kept idle
public record HttpLimits(
        int lineBytes,
        int headerBytes,
        int headers,
        long maxBody,
        long headMillis,
        long bodyGraceMillis,
        long bodyBytesPerSecond,
        long idleMillis,
        long stallMillis,
        long lingerMillis,
        long bodyMemory,
        long budgetWaitMillis,
        int connectionsPerAddress,
        int poolConnections,
        int poolWaiting,
        long poolWaitMillis,
        long poolIdleMillis) {
    public static final HttpLimits DEFAULT =
            new HttpLimits(
                    8 << 10,
                    32 << 10,
                    100,
                    32L << 20,
                    10_000,
                    10_000,
                    1_024,
                    75_000,
                    120_000,
                    2_000,
                    256L << 20,
                    5_000,
                    0,
                    8_192,
                    1_024,
                    5_000,
                    60_000);

    public HttpLimits withBodies(long largest, long memory) {
        return with(largest, memory, connectionsPerAddress);
    }

    /// The bounds that a plan sets.
    public HttpLimits with(long largest, long memory, int perAddress) {
        return new HttpLimits(
                lineBytes,
                headerBytes,
                headers,
                largest,
                headMillis,
                bodyGraceMillis,
                bodyBytesPerSecond,
                idleMillis,
                stallMillis,
                lingerMillis,
                memory,
                budgetWaitMillis,
                perAddress,
                poolConnections,
                poolWaiting,
                poolWaitMillis,
                poolIdleMillis);
    }
}
