package dev.llmgateway.cluster;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// What both levels give a test class: one cluster for all classes of the JVM, with our CRDs, and a
/// namespace of its own. Register it as a static field.
public abstract sealed class SharedCluster implements BeforeAllCallback, AfterAllCallback
        permits TestCluster, TestNode {
    private static final ExtensionContext.Namespace STORE =
            ExtensionContext.Namespace.create(SharedCluster.class);

    private @Nullable Shared shared;
    private @Nullable KubernetesClient client;
    private String namespace = "";

    /// Called once per JVM.
    abstract RunningCluster start();

    @Override
    public void beforeAll(ExtensionContext context) {
        Shared all =
                context.getRoot()
                        .getStore(STORE)
                        .computeIfAbsent(getClass(), _ -> Shared.of(start()), Shared.class);
        shared = all;
        namespace = name(context.getRequiredTestClass());
        client = all.client(namespace);
        createNamespace(namespace, Map.of());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        try (KubernetesClient own = client()) {
            own.namespaces().withName(namespace).delete(); // goes in the background
        }
        client = null;
    }

    /// Somebody who may do everything; acts in [#namespace] where nothing else is said.
    public KubernetesClient client() {
        return Objects.requireNonNull(client, "the test class has not begun");
    }

    /// This test class's own.
    public String namespace() {
        return namespace;
    }

    /// A further namespace; whoever makes one on a cluster that outlives the tests removes it.
    public void createNamespace(String name, Map<String, String> labels) {
        client().namespaces()
                .resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .withLabels(labels)
                                .endMetadata()
                                .build())
                .create();
    }

    /// Of somebody who may do everything.
    public Path kubeconfig() {
        return running().kubeconfig();
    }

    public Kubectl kubectl() {
        return new Kubectl(running().kubectl(), running().kubeconfig(), namespace);
    }

    /// Who touched which Secret, a JSON object per line, written as requests end; empty where the
    /// cluster keeps no such log.
    public Optional<Path> auditLog() {
        return running().auditLog();
    }

    final RunningCluster running() {
        return Objects.requireNonNull(shared, "the test class has not begun").running();
    }

    /// Unique, so that clusters which outlive a run can be used again.
    private static String name(Class<?> test) {
        String number = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        return test.getSimpleName().toLowerCase(Locale.ROOT) + "-" + number;
    }

    /// JUnit closes it when all tests of the JVM are done.
    private record Shared(RunningCluster running) implements AutoCloseable {
        static Shared of(RunningCluster running) {
            Shared shared = new Shared(running);
            try (KubernetesClient client = shared.client("default")) {
                OurKinds.apply(client);
            }
            return shared;
        }

        KubernetesClient client(String namespace) {
            Config config = Config.fromKubeconfig(running.kubeconfig().toFile());
            return new KubernetesClientBuilder()
                    .withConfig(new ConfigBuilder(config).withNamespace(namespace).build())
                    .build();
        }

        @Override
        public void close() {
            running.stop().run();
        }
    }
}
