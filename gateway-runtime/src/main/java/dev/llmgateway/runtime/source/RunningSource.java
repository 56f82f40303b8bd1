package dev.llmgateway.runtime.source;

/// A source of plans at work in a thread of its own.
public interface RunningSource extends AutoCloseable {
    /// Looks no more; the plan in force stays.
    @Override
    void close();
}
