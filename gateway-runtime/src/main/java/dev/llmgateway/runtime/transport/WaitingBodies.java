package dev.llmgateway.runtime.transport;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// The bodies of one loop that wait for room in the budget: asked again, in the order they came,
/// whenever any loop gives some back.
final class WaitingBodies {
    private final LoopState loop;
    private final BodyBudget budget;
    private final Set<BodyIntake> line = new LinkedHashSet<>();
    private final AtomicBoolean called = new AtomicBoolean();

    WaitingBodies(LoopState loop, BodyBudget budget) {
        this.loop = loop;
        this.budget = budget;
        budget.bell(this::call);
    }

    /// For a body that does not wait yet.
    ///
    /// @return how many wait already, on any loop
    int join(BodyIntake body) {
        line.add(body);
        int before = budget.waits();
        call(); // what was given back before it counted as waiting rang for nobody
        return before;
    }

    void leave(BodyIntake body) {
        if (line.remove(body)) {
            budget.waitsNoMore();
        }
    }

    /// From any thread; many calls before the loop comes to it are one.
    private void call() {
        if (!loop.eventLoop().isShuttingDown() && called.compareAndSet(false, true)) {
            loop.execute(this::askAll);
        }
    }

    private void askAll() {
        called.set(false);
        for (BodyIntake body : List.copyOf(line)) {
            if (line.contains(body)) {
                body.proceed();
            }
        }
    }
}
