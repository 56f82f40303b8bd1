package dev.llmgateway.operator.app;

import dev.llmgateway.operator.gateway.Replicas;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Starts the operator beside Quarkus: `Operator.start` returns only once this process leads, and a
/// follower must answer its probes, and stop, meanwhile.
@ApplicationScoped
public class OperatorStart {
    private static final System.Logger LOG = System.getLogger(OperatorStart.class.getName());

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
                            settings.scope(namespace()),
                            Replicas.NONE,
                            settings.podName(),
                            Clock.systemUTC(),
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

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        election.stopping();
        wiring().ifPresent(made -> {
            made.operator().stop();
            made.world().close();
        });
    }

    private String namespace() {
        return settings.namespace()
                .or(() -> Optional.ofNullable(client.getNamespace()))
                .orElse("default");
    }
}
