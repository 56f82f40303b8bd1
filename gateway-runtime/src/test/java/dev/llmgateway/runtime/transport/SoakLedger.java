package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.correlation.Correlation;
import dev.llmgateway.fixtures.http.HttpMessage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// What came of every request of a soak.
final class SoakLedger {
    private final SoakUpstream upstream;
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final AtomicInteger whole = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger innocent = new AtomicInteger();

    SoakLedger(SoakUpstream upstream) {
        this.upstream = upstream;
    }

    /// The client left before it had an answer.
    void left() {
        left.incrementAndGet();
    }

    /// The connection broke off instead of a whole answer.
    void cut(Correlation id, SoakFault fault) {
        if (fault.outcome() == SoakFault.Outcome.Whole) {
            wrong.add(id + " was cut, but asked for a whole reply");
        }
        broken.incrementAndGet();
    }

    void answered(Correlation id, SoakFault fault, HttpMessage answer) {
        boolean failed = answer.status() == 502 && answer.field("x-failure").isPresent();
        boolean wantsWhole = fault.outcome() == SoakFault.Outcome.Whole;
        if (failed && wantsWhole) {
            innocent.incrementAndGet();
        } else if (failed) {
            broken.incrementAndGet();
        } else if (wantsWhole && id.answeredBy(answer)) {
            whole.incrementAndGet();
        } else {
            wrong.add(id + " got " + answer.wire());
        }
    }

    /// Of good requests, only those may fail that met what another's reply had left behind: a stray
    /// byte or an end that came late, each at most one, and none before its connection was used.
    void check(int requests, List<TransportFailure> failures, String replay) {
        assertThat(wrong).as(replay).isEmpty();
        assertThat(upstream.foreign()).as(replay).isEmpty();
        assertThat(innocent.get()).as(replay).isLessThanOrEqualTo(upstream.late());
        assertThat(whole.get() + broken.get() + left.get() + innocent.get())
                .as(replay)
                .isEqualTo(requests);
        assertThat(whole.get()).as(replay).isGreaterThan(requests * 6 / 10);
        assertThat(broken.get()).as(replay).isGreaterThan(requests / 20);
        assertThat(left.get()).as(replay).isGreaterThan(requests / 100);
        assertThat(failures).as(replay).isNotEmpty();
    }
}
