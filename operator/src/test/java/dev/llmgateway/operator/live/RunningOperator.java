package dev.llmgateway.operator.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.cluster.TestCluster;
import dev.llmgateway.crds.resource.LenientReading;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.operator.app.Wiring;
import dev.llmgateway.operator.gateway.Replicas;
import dev.llmgateway.operator.snapshot.Scope;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// The operator inside the test's process: all of it but Quarkus and the lease.
record RunningOperator(KubernetesClient client, Wiring wiring) implements AutoCloseable {
    private static final Duration STARTS = Duration.ofSeconds(30);

    /// Looks at these namespaces and their labels.
    static RunningOperator start(TestCluster cluster, Replicas replicas, String... namespaces) {
        return start(client(cluster.kubeconfig()), new Scope.Listed(List.of(namespaces)), replicas);
    }

    static RunningOperator start(KubernetesClient client, Scope scope, Replicas replicas) {
        Wiring wiring =
                Wiring.of(client, scope, replicas, "test", Clock.systemUTC(), settings -> {});
        wiring.world().start();
        wiring.operator().start();
        RunningOperator running = new RunningOperator(client, wiring);
        Poll.untilTrue(
                STARTS,
                () -> "no news of " + wiring.world().deaf(),
                () -> wiring.world().deaf().isEmpty());
        return running;
    }

    static KubernetesClient client(Path kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .withKubernetesSerialization(
                        new KubernetesSerialization(
                                LenientReading.configure(new ObjectMapper()), true))
                .build();
    }

    @Override
    public void close() {
        wiring.operator().stop();
        wiring.world().close();
        client.close();
    }
}
