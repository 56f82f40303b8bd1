package dev.llmgateway.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.figures.Figures;
import dev.llmgateway.fixtures.figures.Promise;
import java.util.List;

/// How long something took, time after time, in milliseconds.
///
/// @param promise its row in operator.md
record Millis(String promise, String what, List<Double> taken) {
    Millis {
        taken = taken.stream().sorted().toList();
    }

    double p50() {
        return taken.get(taken.size() / 2);
    }

    double p99() {
        return taken.get((int) Math.ceil(taken.size() * 0.99) - 1);
    }

    /// Notes both figures; only five times the promise fails (operator.md, "Promises").
    void note(double p50, double p99) {
        Figures.note(promise, what + ", p50", p50(), "ms", Promise.atMost(p50));
        Figures.note(promise, what + ", p99", p99(), "ms", Promise.atMost(p99));
        assertThat(p50()).as(what).isLessThan(5 * p50);
        assertThat(p99()).as(what).isLessThan(5 * p99);
    }

    /// What tests tagged `full` judge with.
    void hold(double p50, double p99) {
        Figures.hold(promise, what + ", p50", p50(), "ms", Promise.atMost(p50));
        Figures.hold(promise, what + ", p99", p99(), "ms", Promise.atMost(p99));
    }
}
