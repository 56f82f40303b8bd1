package dev.llmgateway.runtime.boot;

import dev.llmgateway.crds.plan.ObjectRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The options of a pod; the operator writes them into its Deployment.
final class BundleOptions {
    private static final Path OWN_NAMESPACE =
            Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

    /// How a bundle reaches the pod (GatewayConfig `propagation.mode`).
    enum Propagation {
        Watch,
        Mount
    }

    @Option(
            names = "--bundle",
            defaultValue = "",
            paramLabel = "NAME",
            description =
                    "Instead of --dir: the GatewayConfig whose bundle of ConfigMap and Secrets to serve, in a pod.")
    private String bundle = "";

    @Option(
            names = "--namespace",
            defaultValue = "",
            paramLabel = "NAMESPACE",
            description = "Namespace of the bundle. Default: the pod's own.")
    private String namespace = "";

    @Option(
            names = "--mount",
            paramLabel = "DIR",
            description =
                    "Where the bundle's objects are mounted, as DIR/OBJECT/KEY: read at the start when the API server is away.")
    private @Nullable Path mount;

    @Option(
            names = "--propagation",
            defaultValue = "Watch",
            paramLabel = "Watch|Mount",
            description =
                    "Watch: follow the bundle on the API server. Mount: follow the mounted objects alone. Default ${DEFAULT-VALUE}.")
    private Propagation propagation = Propagation.Watch;

    /// Empty: no bundle is asked for.
    Optional<PlanOrigin> origin(CommandLine line) throws IOException {
        if (bundle.isEmpty()) {
            return Optional.empty();
        }
        ObjectRef gateway = new ObjectRef(namespace(line), bundle);
        return Optional.of(
                switch (propagation) {
                    case Watch -> new PlanOrigin.Watched(gateway, Optional.ofNullable(mount));
                    case Mount -> new PlanOrigin.Mounted(gateway, directory(line));
                });
    }

    private Path directory(CommandLine line) {
        if (mount == null) {
            throw new ParameterException(line, "--propagation Mount needs --mount DIR");
        }
        return mount;
    }

    private String namespace(CommandLine line) throws IOException {
        if (!namespace.isEmpty()) {
            return namespace;
        }
        if (!Files.exists(OWN_NAMESPACE)) {
            throw new ParameterException(line, "--bundle needs --namespace outside of a pod");
        }
        return Files.readString(OWN_NAMESPACE, StandardCharsets.UTF_8).strip();
    }
}
