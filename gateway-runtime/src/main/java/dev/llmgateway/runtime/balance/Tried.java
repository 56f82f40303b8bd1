package dev.llmgateway.runtime.balance;

import dev.llmgateway.runtime.model.Candidate;

/// The candidates a request has tried.
@FunctionalInterface
public interface Tried {
    boolean tried(Candidate candidate);
}
