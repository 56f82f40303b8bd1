package dev.llmgateway.operator.app;

import dev.llmgateway.operator.desired.GatewayFacts;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Starts the operator beside Quarkus: `Operator.start` returns only once this process leads, and a
/// follower must answer its probes, and stop, meanwhile.
@ApplicationScoped
public class OperatorStart {
    private static final System.Logger LOG = System.getLogger(OperatorStart.class.getName());

    private static final Duration[] PROPAGATION =
            IntStream.of(50, 100, 200, 300, 500, 1_000, 2_000, 5_000, 10_000, 60_000)
                    .mapToObj(Duration::ofMillis)
                    .toArray(Duration[]::new);

    private final KubernetesClient client;
    private final Settings settings;
    private final MeterRegistry meters;
    private final LeaderElection election;
    private volatile @Nullable Wiring wiring;
    private volatile boolean stopping;

    OperatorStart(KubernetesClient client, Settings settings, MeterRegistry meters) {
        this.client = client;
        this.settings = settings;
        this.meters = meters;
        election =
                new LeaderElection(
                        client,
                        namespace(),
                        settings.podName(),
                        () -> Runtime.getRuntime().halt(1));
    }

    void start(@Observes StartupEvent event) {
        if (settings.enabled()) {
            Thread.ofPlatform().name("operator-start").daemon().start(this::run);
        }
    }

    /// Empty: not yet constructed.
    Optional<Wiring> wiring() {
        return Optional.ofNullable(wiring);
    }

    boolean leading() {
        return election.leading();
    }

    private void run() {
        try {
            Wiring made =
                    Wiring.of(
                            client,
                            new Wiring.Surroundings(
                                    settings.scope(namespace()),
                                    settings.podName(),
                                    new GatewayFacts.Operator(
                                            namespace(), settings.image(), settings.runAsUser()),
                                    Clock.systemUTC(),
                                    meters,
                                    propagation()::record),
                            sdk ->
                                    sdk.withMetrics(MicrometerMetricsV2.newBuilder(meters).build())
                                            .withLeaderElectionConfiguration(
                                                    election.configuration(settings.lease())));
            wiring = made;
            made.world().start();
            made.operator().start();
        } catch (RuntimeException failed) {
            if (!stopping) {
                LOG.log(Level.ERROR, "the operator did not start", failed);
                Runtime.getRuntime().halt(1);
            }
        }
    }

    private Timer propagation() {
        return Timer.builder("llm_gateway_config_propagation")
                .description("From when a change was judged until every ready pod ran it")
                .serviceLevelObjectives(PROPAGATION)
                .register(meters);
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        election.stopping();
        wiring().ifPresent(Wiring::stop);
    }

    private String namespace() {
        return settings.namespace()
                .or(() -> Optional.ofNullable(client.getNamespace()))
                .orElse("default");
    }
}
