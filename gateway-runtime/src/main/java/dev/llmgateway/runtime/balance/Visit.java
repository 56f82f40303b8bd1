package dev.llmgateway.runtime.balance;

/// One request at one account, as health sees it.
///
/// @param model name the upstream is asked for
/// @param number of the account's probes begun until then, itself included
/// @param probe it was let in to see whether the account, or the model, works again
record Visit(String model, long number, boolean probe) {
    boolean probes(Health.Probing state) {
        return probe && state.number() == number;
    }

    /// Whether its failure tells something about this return.
    boolean speaksAgainst(Health.Ramp ramp) {
        return number >= ramp.number();
    }

    /// Whether its success counts for this return; the probe's own was counted when it began.
    boolean speaksFor(Health.Ramp ramp) {
        return speaksAgainst(ramp) && !(probe && number == ramp.number());
    }
}
