package dev.llmgateway.cluster;

import java.nio.file.Path;
import java.util.Optional;

/// Level one: a control plane. Objects are real, and so are permissions, defaults, validation and
/// garbage collection; Pods exist and do not run. [TestNode] runs them.
///
/// It comes from the first of these that is there: the kubeconfig that
/// `LLM_GATEWAY_TEST_KUBECONFIG` names; k3s where a container engine answers; the programs in
/// `KUBEBUILDER_ASSETS`; our own build. Where there is none, tests fail in one line that says what
/// to install.
public final class TestCluster extends SharedCluster {
    @Override
    RunningCluster start() {
        Optional<OwnBuild> build = OwnBuild.find();
        return switch (ClusterSource.choose(System.getenv(), Engine::answers, build)) {
            case ClusterSource.Named(Path kubeconfig) ->
                    RunningCluster.foreign(kubeconfig, kubectl(build), () -> {});
            case ClusterSource.Engine() -> Engine.start(kubectl(build));
            case ClusterSource.Assets(Path folder) -> Assets.start(folder);
            case ClusterSource.Built(OwnBuild own) -> start(own);
        };
    }

    private static RunningCluster start(OwnBuild build) {
        ClusterProgram program = ClusterProgram.start(build.program("test-cluster"));
        return RunningCluster.of(program, build.program("kubectl"), "audit.log");
    }

    /// Ours, of the version of our cluster; else whatever stands in PATH.
    private static Path kubectl(Optional<OwnBuild> build) {
        return build.map(own -> own.program("kubectl")).orElse(Path.of("kubectl"));
    }
}
