package dev.llmgateway.operator.fleet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/// A pod of a gateway, as far as its reports concern.
///
/// @param ready Kubernetes sends it traffic
/// @param admin where its admin port is; empty: it has no address yet
public record PodRef(String name, String uid, boolean ready, Optional<Admin> admin) {
    /// @param host IPv4 or IPv6 address
    public record Admin(String host, int port) {}

    /// A pod that is to end is not ready any more; it drains.
    public static PodRef of(Pod pod) {
        boolean leaving = pod.getMetadata().getDeletionTimestamp() != null;
        return new PodRef(
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                !leaving && ready(pod),
                admin(pod));
    }

    private static boolean ready(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                condition.getType().equals("Ready")
                                        && condition.getStatus().equals("True"));
    }

    private static Optional<Admin> admin(Pod pod) {
        if (pod.getStatus() == null || pod.getStatus().getPodIP() == null) {
            return Optional.empty();
        }
        return pod.getSpec().getContainers().stream()
                .map(Container::getPorts)
                .flatMap(ports -> ports.stream())
                .filter(port -> "admin".equals(port.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst()
                .map(port -> new Admin(pod.getStatus().getPodIP(), port));
    }
}
