package dev.llmgateway.cluster;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Where a cluster for tests comes from.
sealed interface ClusterSource {
    String KUBECONFIG = "LLM_GATEWAY_TEST_KUBECONFIG";
    String ASSETS = "KUBEBUILDER_ASSETS";
    String NOTHING =
            "No Kubernetes for tests: run `make setup` (it needs Go 1.26 or newer), or set "
                    + KUBECONFIG
                    + " or "
                    + ASSETS;

    /// A cluster that runs already.
    record Named(Path kubeconfig) implements ClusterSource {}

    /// k3s in a container.
    record Engine() implements ClusterSource {}

    /// A folder with `etcd`, `kube-apiserver` and `kubectl`.
    record Assets(Path folder) implements ClusterSource {}

    /// The programs of testing/cluster.
    record Built(OwnBuild build) implements ClusterSource {}

    /// The first that is there; throws, in one line, when none is.
    ///
    /// @param engineAnswers asked only when no kubeconfig is named
    static ClusterSource choose(
            Map<String, String> environment,
            BooleanSupplier engineAnswers,
            Optional<OwnBuild> build) {
        Optional<Path> kubeconfig = path(environment, KUBECONFIG);
        if (kubeconfig.isPresent()) {
            return new Named(kubeconfig.get());
        }
        if (engineAnswers.getAsBoolean()) {
            return new Engine();
        }
        Optional<Path> assets = path(environment, ASSETS);
        if (assets.isPresent()) {
            return new Assets(assets.get());
        }
        return new Built(build.orElseThrow(() -> new IllegalStateException(NOTHING)));
    }

    private static Optional<Path> path(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }
}
