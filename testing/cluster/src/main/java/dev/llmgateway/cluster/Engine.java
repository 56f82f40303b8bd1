package dev.llmgateway.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.RemoteDockerImage;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/// k3s in a container, of the release our own build has.
final class Engine {
    private static final DockerImageName IMAGE = DockerImageName.parse("rancher/k3s:v1.36.3-k3s1");

    private static final System.Logger LOG = System.getLogger(Engine.class.getName());

    private Engine() {}

    /// Whether an engine answers that has the image, or can fetch it. One that cannot is told and
    /// passed over.
    static boolean answers() {
        return isThere() && DockerClientFactory.instance().isDockerAvailable() && hasImage();
    }

    static RunningCluster start(Path kubectl) {
        K3sContainer container = new K3sContainer(IMAGE);
        container.start();
        try {
            Path kubeconfig = Files.createTempFile("k3s", ".kubeconfig");
            Files.writeString(kubeconfig, container.getKubeConfigYaml());
            return RunningCluster.foreign(kubeconfig, kubectl, container::stop);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Cheaper than to ask Testcontainers, which tries every way it knows.
    private static boolean isThere() {
        String home = System.getProperty("user.home");
        return System.getenv("DOCKER_HOST") != null
                || Stream.of("/var/run/docker.sock", home + "/.docker/run/docker.sock")
                        .anyMatch(socket -> Files.exists(Path.of(socket)));
    }

    private static boolean hasImage() {
        try {
            return !new RemoteDockerImage(IMAGE).get().isEmpty();
        } catch (RuntimeException e) { // whatever the engine had to say
            LOG.log(System.Logger.Level.WARNING, "the container engine has no " + IMAGE, e);
            return false;
        }
    }
}
