package dev.llmgateway.runtime.dialect.translation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a stage knows of each block of a reply that concerns it.
final class PerBlock<T> {
    private final List<@Nullable T> states = new ArrayList<>();

    @Nullable T at(int block) {
        return block < states.size() ? states.get(block) : null;
    }

    void put(int block, @Nullable T state) {
        while (states.size() <= block) {
            states.add(null);
        }
        states.set(block, state);
    }

    int size() {
        return states.size();
    }
}
