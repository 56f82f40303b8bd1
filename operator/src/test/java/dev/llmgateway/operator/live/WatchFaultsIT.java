package dev.llmgateway.operator.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.TestCluster;
import dev.llmgateway.fixtures.figures.Figures;
import dev.llmgateway.fixtures.figures.Promise;
import dev.llmgateway.fixtures.network.FaultProxy;
import dev.llmgateway.fixtures.network.Flow;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.operator.snapshot.Scope;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An operator whose way to the API server breaks (operator.md O9), by a relay between them. Events
/// cannot be dropped or doubled there: the way is encrypted.
class WatchFaultsIT {
    @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

    private static final int CUTS = 8;
    private static final Duration APART = Duration.ofSeconds(2);
    private static final double PROMISED_MILLIS = 60_000;
    private static final Story STORY = new Story(CLUSTER);

    private FaultProxy way;
    private RunningOperator operator;
    private String gateway = "";

    @BeforeEach
    void start() {
        Config config = RunningOperator.config(CLUSTER.kubeconfig());
        way = FaultProxy.before(URI.create(config.getMasterUrl()), new SplittableRandom(1));
        config.setMasterUrl(way.address().toString());
        operator =
                RunningOperator.start(
                        RunningOperator.client(config, new Interceptor() {}),
                        new Scope.Own(CLUSTER.namespace()),
                        _ -> new Pods());
        gateway = "gw-" + Long.toString(System.nanoTime(), 36);
        STORY.gateway(gateway, "");
        STORY.until(gateway, "a first bundle", _ -> true);
    }

    @AfterEach
    void stop() {
        operator.close();
        way.close();
    }

    @Test
    void aWayThatBreaksEveryTwoSecondsLosesNoChange() {
        for (int i = 1; i <= CUTS; i++) {
            STORY.key("cut-" + i, gateway, Story.hash(i));
            way.resetAll();
            STORY.key("meanwhile-" + i, gateway, Story.hash(100 + i));
            Poll.untilTrue(APART.multipliedBy(2), () -> "the next cut", every(APART));
        }

        converges("a way broken every 2 s", 2 * CUTS);
    }

    @Test
    @Tag("full")
    void aSilentWayTurnsReadinessRedAndNothingIsLostAfterIt() {
        Flow silent = Flow.FREE.cutAfter(0, Flow.Cut.Silence);
        way.toClient(silent).toServer(silent);
        way.silenceAll();
        long begun = System.nanoTime();
        STORY.key("unheard", gateway, Story.hash(1000));

        Poll.untilTrue(
                Duration.ofMinutes(5),
                () -> "readiness is red",
                () -> !operator.wiring().deaf().isEmpty());
        double millis = (System.nanoTime() - begun) / 1e6;
        Figures.note(
                "O9",
                "a silent way turns readiness red",
                millis,
                "ms",
                Promise.atMost(PROMISED_MILLIS));
        assertThat(millis).isLessThan(5 * PROMISED_MILLIS);

        way.toClient(Flow.FREE).toServer(Flow.FREE);
        way.resetAll();
        converges("a silent way", 1);
        Poll.untilTrue(
                Duration.ofMinutes(2),
                () -> "ready again but for " + operator.wiring().deaf(),
                () -> operator.wiring().deaf().isEmpty());
    }

    private void converges(String after, int keys) {
        long begun = System.nanoTime();
        Poll.untilTrue(
                Duration.ofMillis((long) (5 * PROMISED_MILLIS)),
                () -> keys + " keys",
                () ->
                        Bundle.read(CLUSTER.client(), CLUSTER.namespace(), gateway)
                                .filter(bundle -> Bundle.keys(bundle).size() == keys)
                                .isPresent());
        Figures.note(
                "O9",
                after + ": all is published after",
                (System.nanoTime() - begun) / 1e6,
                "ms",
                Promise.atMost(PROMISED_MILLIS));
    }

    private static BooleanSupplier every(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return () -> System.nanoTime() > end;
    }
}
