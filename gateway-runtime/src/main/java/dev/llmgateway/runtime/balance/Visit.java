package dev.llmgateway.runtime.balance;

/// One request at one account, as health sees it.
///
/// @param model name the upstream is asked for
/// @param startedMillis epoch milliseconds
/// @param probe it was let in to see whether the account, or the model, works again
record Visit(String model, long startedMillis, boolean probe) {
    boolean probes(Health.Probing state) {
        return probe && state.sinceMillis() == startedMillis;
    }

    /// Whether its outcome tells something about a return that began then.
    boolean speaksFor(Health.Ramp ramp) {
        return startedMillis >= ramp.sinceMillis();
    }
}
