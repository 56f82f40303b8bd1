package dev.llmgateway.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Level two: a machine of its own whose Pods run, in new network, mount and process namespaces.
/// Needs root, our own build and Debian's containerd; one at a time on a machine, a second one
/// waits up to 10 min.
public final class TestNode extends SharedCluster {
    private static final Set<Loaded> LOADED = ConcurrentHashMap.newKeySet();
    private static final String HOW =
            "Pods run in tests only for root, with the programs that `make setup` installs and"
                    + " builds (containerd, runc, CNI plugins, nftables; Go 1.26 or newer)";

    /// A test that runs once more runs on a node of its own.
    private record Loaded(Path node, LocalImage image) {}

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
    /// `imagePullPolicy: Never`, or IfNotPresent.
    public void load(Path image) {
        List<String> command =
                List.of(
                        "ctr",
                        "--address=" + kubeconfig().resolveSibling("containerd.sock"),
                        "--namespace=k8s.io",
                        "images",
                        "import",
                        image.toString());
        succeed(command);
    }

    /// Packs an image as it says and loads it; one that it has loaded before, at once.
    public void load(LocalImage image) {
        Loaded loaded = new Loaded(kubeconfig(), image);
        if (LOADED.contains(loaded)) {
            return;
        }
        try {
            Path archive = Files.createTempFile("image", ".tar");
            succeed(image.packing(archive));
            load(archive);
            Files.delete(archive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LOADED.add(loaded);
    }

    /// Into the node's network, where Pods and Services have their addresses, for sockets of this
    /// JVM.
    public Proxy network() {
        return running().program().orElseThrow().proxy();
    }

    /// Stops the API server as a debugger would: it accepts connections and answers nobody, until
    /// what is returned is closed.
    public Frozen freezeApiServer() {
        return Frozen.of(running().program().orElseThrow().component("kube-apiserver"));
    }

    /// A command for the node's own network, where Pods and Services have their addresses.
    public List<String> inNetwork(List<String> command) {
        long pid = running().program().orElseThrow().firstProcess();
        List<String> entered =
                new ArrayList<>(List.of("nsenter", "--net=/proc/" + pid + "/ns/net"));
        entered.addAll(command);
        return entered;
    }

    private static void succeed(List<String> command) {
        Command.Ended ended = Command.run(command, "");
        if (ended.exit() != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + ": " + ended.errors().strip());
        }
    }
}
