package dev.llmgateway.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Level two: a machine of its own whose Pods run, in new network, mount and process namespaces.
/// Needs root, our own build and Debian's containerd; one at a time on a machine, a second one
/// waits up to 10 min.
public final class TestNode extends SharedCluster {
    private static final String HOW =
            "Pods run in tests only for root, with the programs that `make setup` installs and"
                    + " builds (containerd, runc, CNI plugins, nftables; Go 1.26 or newer)";

    @Override
    RunningCluster start() {
        OwnBuild build = OwnBuild.find().orElseThrow(() -> new IllegalStateException(HOW));
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new IllegalStateException(HOW);
        }
        ClusterProgram program =
                ClusterProgram.start(
                        build.program("test-node"), "-images=" + build.program("images"));
        return RunningCluster.of(program, build.program("kubectl"), "control-plane/audit.log");
    }

    /// Makes an image (an archive as `image.sh` writes it) known to the node. Pods that use it say
    /// `imagePullPolicy: Never`.
    public void load(Path image) {
        List<String> command =
                List.of(
                        "ctr",
                        "--address=" + kubeconfig().resolveSibling("containerd.sock"),
                        "--namespace=k8s.io",
                        "images",
                        "import",
                        image.toString());
        Command.Ended ended = Command.run(command, "");
        if (ended.exit() != 0) {
            throw new IllegalStateException(image + " cannot be loaded: " + ended.errors().strip());
        }
    }

    /// A command for the node's own network, where Pods and Services have their addresses.
    public List<String> inNetwork(List<String> command) {
        long pid = running().program().orElseThrow().firstProcess();
        List<String> entered =
                new ArrayList<>(List.of("nsenter", "--net=/proc/" + pid + "/ns/net"));
        entered.addAll(command);
        return entered;
    }
}
