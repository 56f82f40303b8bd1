package dev.llmgateway.runtime.exchange;

/// How many calls beyond the clients' own one loop may make, so that a failing provider is not
/// stormed (reliability-security.md R8): a share of the traffic, and a few a second for a gateway
/// that has little.
final class RetryBudget {
    /// Calls a second that are free of the share.
    private static final int FREE_PER_SECOND = 10;

    /// Calls that can be saved up: a second's worth at 100 requests a second and 20 %.
    private static final double MOST = 20;

    private double calls = FREE_PER_SECOND;
    private long refilledMillis;

    /// A client's request has come.
    ///
    /// @param percent of requests that may be asked again
    void earn(int percent) {
        calls = Math.min(MOST, calls + percent / 100.0);
    }

    /// Whether one more call may be made; then it is counted.
    ///
    /// @param nowMillis monotonic
    boolean spend(long nowMillis) {
        double fresh = (nowMillis - refilledMillis) * FREE_PER_SECOND / 1_000.0;
        refilledMillis = nowMillis;
        calls = Math.min(MOST, calls + Math.clamp(fresh, 0, FREE_PER_SECOND));
        if (calls < 1) {
            return false;
        }
        calls--;
        return true;
    }
}
