package dev.llmgateway.cluster;

import dev.llmgateway.fixtures.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Level two: a machine of its own whose Pods run, in new network, mount and process namespaces.
/// Needs root, our own build and Debian's containerd; one at a time on a machine, a second one
/// waits up to 10 min.
public final class TestNode extends SharedCluster {
    private static final Path IMAGES = Repository.root().resolve("testing/cluster/node");
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
        succeed(command);
    }

    /// Packs a folder as an image, with a runtime of this JVM's JDK, and loads it. The first time
    /// on a machine takes some 15 s for the runtime, later ones a second or two.
    ///
    /// @param name with a tag, such as `localhost/gateway:1`
    /// @param folder becomes `/app`
    /// @param javaArguments what `java` is started with
    public void loadJava(String name, Path folder, String... javaArguments) {
        try {
            Path image = Files.createTempFile("image", ".tar");
            List<String> command =
                    new ArrayList<>(
                            List.of(
                                    "env",
                                    "JAVA_HOME=" + System.getProperty("java.home"),
                                    IMAGES.resolve("java-image.sh").toString(),
                                    name,
                                    folder.toString(),
                                    image.toString()));
            command.addAll(List.of(javaArguments));
            succeed(command);
            load(image);
            Files.delete(image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    private static void succeed(List<String> command) {
        Command.Ended ended = Command.run(command, "");
        if (ended.exit() != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + ": " + ended.errors().strip());
        }
    }
}
