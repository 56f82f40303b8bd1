package dev.llmgateway.operator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.plan.Revision;
import dev.llmgateway.operator.status.Replica;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PropagationTest {
    private static final ObjectRef GATEWAY = new ObjectRef("ns", "main");

    private final List<Duration> measured = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private final InstantSource time = () -> now;
    private final Clock clock = time.withZone(ZoneOffset.UTC);
    private final Propagation propagation = new Propagation(clock, measured::add);

    @Test
    void isMeasuredFromTheJudgementUntilTheLastReadyPodRunsIt() {
        propagation.begins(GATEWAY);
        after(100);
        published(7, pod("a", 6), pod("b", 6));
        after(100);
        published(7, pod("a", 7), pod("b", 6));
        assertThat(measured).isEmpty();

        after(100);
        published(7, pod("a", 7), pod("b", 8));

        assertThat(measured).containsExactly(Duration.ofMillis(300));
    }

    @Test
    void everyRevisionCountsOnceThoughPodsSkipSome() {
        propagation.begins(GATEWAY);
        published(7, pod("a", 6));
        after(50);
        propagation.begins(GATEWAY);
        published(8, pod("a", 6));
        after(50);
        published(8, pod("a", 8));
        published(8, pod("a", 8));

        assertThat(measured).containsExactly(Duration.ofMillis(100), Duration.ofMillis(50));
    }

    @Test
    void aJudgementThatChangesNoPlanIsNoPropagation() {
        propagation.begins(GATEWAY);
        published(7, pod("a", 6));
        published(7, pod("a", 7));
        after(50);
        propagation.begins(GATEWAY);
        published(7, pod("a", 7));

        assertThat(measured).hasSize(1);
    }

    @Test
    void podsThatAreNotReadyKeepNobodyWaiting() {
        propagation.begins(GATEWAY);
        published(7, new Replica("new", false, Revision.NONE, ""), pod("a", 7));

        assertThat(measured).hasSize(1);
    }

    private void after(long millis) {
        now = now.plusMillis(millis);
    }

    private void published(int revision, Replica... pods) {
        propagation.published(GATEWAY, Revision.parse("r-" + revision), List.of(pods));
    }

    private static Replica pod(String name, int revision) {
        return new Replica(name, true, Revision.parse("r-" + revision), "");
    }
}
