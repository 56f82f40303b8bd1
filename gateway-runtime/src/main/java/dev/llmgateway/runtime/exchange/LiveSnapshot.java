package dev.llmgateway.runtime.exchange;

import org.jspecify.annotations.Nullable;

/// The snapshot in force: one volatile reference, swapped whole.
public final class LiveSnapshot {
    private volatile @Nullable Snapshot current;

    /// Null until the first plan is loaded.
    public @Nullable Snapshot current() {
        return current;
    }

    public void swap(Snapshot next) {
        current = next;
    }
}
