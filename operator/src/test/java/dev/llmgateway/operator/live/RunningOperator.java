package dev.llmgateway.operator.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.cluster.TestCluster;
import dev.llmgateway.crds.resource.LenientReading;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.operator.app.Wiring;
import dev.llmgateway.operator.desired.GatewayFacts;
import dev.llmgateway.operator.gateway.Replicas;
import dev.llmgateway.operator.snapshot.Scope;
import dev.llmgateway.operator.snapshot.World;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/// The operator inside the test's process: all of it but Quarkus and the lease.
record RunningOperator(KubernetesClient client, Wiring wiring) implements AutoCloseable {
    private static final Duration STARTS = Duration.ofSeconds(30);

    /// Looks at these namespaces and their labels.
    static RunningOperator start(TestCluster cluster, Replicas replicas, String... namespaces) {
        return start(
                client(cluster.kubeconfig()), new Scope.Listed(List.of(namespaces)), _ -> replicas);
    }

    /// @param replicas made from what the operator sees
    static RunningOperator start(
            KubernetesClient client, Scope scope, Function<World, Replicas> replicas) {
        RunningOperator running = launch(client, scope, replicas);
        Wiring wiring = running.wiring();
        Poll.untilTrue(STARTS, () -> "no news of " + wiring.deaf(), () -> wiring.deaf().isEmpty());
        return running;
    }

    /// Returns before it has seen everything.
    static RunningOperator launch(
            KubernetesClient client, Scope scope, Function<World, Replicas> replicas) {
        return launch(client, scope, Clock.systemUTC(), replicas);
    }

    /// In another time.
    static RunningOperator launch(
            KubernetesClient client, Scope scope, Clock clock, Function<World, Replicas> replicas) {
        Wiring.Surroundings around =
                new Wiring.Surroundings(
                        scope,
                        "test",
                        new GatewayFacts.Operator(
                                "llm-gateway", "localhost/llm-gateway:test", OptionalLong.empty()),
                        clock,
                        new SimpleMeterRegistry(),
                        _ -> {});
        World world = new World(client, scope, around.clock());
        Wiring wiring = Wiring.of(client, around, world, replicas.apply(world), settings -> {});
        wiring.world().start();
        wiring.operator().start();
        return new RunningOperator(client, wiring);
    }

    static KubernetesClient client(Path kubeconfig) {
        return client(config(kubeconfig), new Interceptor() {});
    }

    static Config config(Path kubeconfig) {
        return Config.fromKubeconfig(kubeconfig.toFile());
    }

    /// @param between sees every request
    static KubernetesClient client(Config config, Interceptor between) {
        return new KubernetesClientBuilder()
                .withHttpClientBuilderConsumer(
                        http -> http.addOrReplaceInterceptor("test", between))
                .withConfig(config)
                .withKubernetesSerialization(
                        new KubernetesSerialization(
                                LenientReading.configure(new ObjectMapper()), true))
                .build();
    }

    @Override
    public void close() {
        wiring.stop();
        client.close();
    }
}
