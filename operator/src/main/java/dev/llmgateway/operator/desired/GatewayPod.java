package dev.llmgateway.operator.desired;

import dev.llmgateway.crds.api.Deployment.Resources;
import dev.llmgateway.crds.api.Durations;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The one container of a gateway's pod.
final class GatewayPod {
    static final String CONTAINER = "gateway";
    static final String DATA = "data";
    static final int DATA_PORT = 8080;

    /// Name of the port that reports and probes are read from.
    static final String ADMIN = "admin";

    static final int ADMIN_PORT = 9090;

    /// How long a pod that is to end still takes new connections: as long as endpoints need to
    /// reach every kube-proxy and balancer.
    private static final long DRAIN_DELAY_SECONDS = 5;

    /// The process closes its sockets and its log after the last stream.
    private static final long EXIT_SECONDS = 10;

    private static final Resources RESOURCES =
            new Resources(Map.of("cpu", "250m", "memory", "512Mi"), Map.of("memory", "1Gi"));

    private GatewayPod() {}

    static Container of(GatewayFacts facts) {
        @Nullable String image = facts.spec().deployment().image();
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(image == null ? facts.operator().image() : image)
                .withArgs(arguments(facts))
                .addNewPort()
                .withName(DATA)
                .withContainerPort(DATA_PORT)
                .endPort()
                .addNewPort()
                .withName(ADMIN)
                .withContainerPort(ADMIN_PORT)
                .endPort()
                .withResources(resources(facts))
                .withStartupProbe(probe("/livez", 1, 120))
                .withLivenessProbe(probe("/livez", 10, 6))
                .withReadinessProbe(probe("/readyz", 2, 2))
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .addToDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .withVolumeMounts(PodVolumes.mounts(facts))
                .build();
    }

    private static List<String> arguments(GatewayFacts facts) {
        return List.of(
                "--bundle=" + facts.name(),
                "--namespace=" + facts.gateway().namespace(),
                "--mount=" + PodVolumes.BUNDLE_PATH,
                "--propagation=" + facts.spec().propagation().mode(),
                "--bind=0.0.0.0",
                "--port=" + DATA_PORT,
                "--admin-port=" + ADMIN_PORT,
                "--admin-token-file=" + PodVolumes.ADMIN_PATH,
                "--drain-delay=" + DRAIN_DELAY_SECONDS + "s",
                "--drain-grace=" + streamSeconds(facts) + "s");
    }

    /// Streams get all of `terminationGracePeriod`; the kubelet kills only after that and the time
    /// around it. There is no preStop hook: the process itself waits before it closes its door.
    static long terminationGraceSeconds(GatewayFacts facts) {
        return DRAIN_DELAY_SECONDS + streamSeconds(facts) + EXIT_SECONDS;
    }

    private static long streamSeconds(GatewayFacts facts) {
        String written = facts.spec().deployment().terminationGracePeriod();
        return Math.ceilDiv(Durations.millis(written), 1_000);
    }

    private static ResourceRequirements resources(GatewayFacts facts) {
        @Nullable Resources written = facts.spec().deployment().resources();
        Resources resources = written == null ? RESOURCES : written;
        return new ResourceRequirementsBuilder()
                .withRequests(quantities(resources.requests()))
                .withLimits(quantities(resources.limits()))
                .build();
    }

    private static Map<String, Quantity> quantities(Map<String, String> texts) {
        Map<String, Quantity> quantities = new TreeMap<>();
        texts.forEach((name, text) -> quantities.put(name, new Quantity(text)));
        return quantities;
    }

    /// Probes go to the admin port, which is open without a token for them and never speaks TLS.
    private static Probe probe(String path, int periodSeconds, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort(ADMIN)
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withTimeoutSeconds(5)
                .withFailureThreshold(failures)
                .build();
    }
}
