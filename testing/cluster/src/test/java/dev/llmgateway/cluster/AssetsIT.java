package dev.llmgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `KUBEBUILDER_ASSETS` may name any folder with the three programs; our own build is one.
class AssetsIT {
    @Test
    void etcdAndAnApiServerFromAFolderServeObjects() {
        Path programs = OwnBuild.find().orElseThrow().folder();
        RunningCluster cluster = Assets.start(programs);
        try {
            Kubectl kubectl = new Kubectl(cluster.kubectl(), cluster.kubeconfig(), "default");

            kubectl.run("create", "deployment", "web", "--image=localhost/web:1");

            assertThat(kubectl.run("get", "deployments", "-o=name"))
                    .isEqualTo("deployment.apps/web\n");
        } finally {
            cluster.stop().run();
        }
    }
}
