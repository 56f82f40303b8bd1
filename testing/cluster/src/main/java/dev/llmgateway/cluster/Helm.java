package dev.llmgateway.cluster;

import dev.llmgateway.fixtures.process.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `helm`, of the version that `make setup` builds, on the charts of this repository.
///
/// @param arguments of every command, such as the cluster
public record Helm(Path program, List<String> arguments) {
    public Helm {
        arguments = List.copyOf(arguments);
    }

    /// Without a cluster.
    public static Helm offline() {
        Command.Ended built =
                Command.run(
                        List.of(Repository.root().resolve("testing/cluster/helm.sh").toString()),
                        "");
        if (built.exit() != 0) {
            throw new IllegalStateException("helm is missing: " + built.errors());
        }
        return new Helm(Path.of(built.output().strip()), List.of());
    }

    /// On the cluster and in the namespace of a `kubectl`.
    public Helm on(Kubectl kubectl) {
        return new Helm(
                program,
                List.of(
                        "--kubeconfig=" + kubectl.kubeconfig(),
                        "--namespace=" + kubectl.namespace()));
    }

    /// A chart of `charts/`.
    public static String chart(String name) {
        return Repository.root().resolve("charts").resolve(name).toString();
    }

    /// Runs a command to its end, whatever that is.
    public Kubectl.Result tried(String... command) {
        Command.Ended ended = ended(command);
        return new Kubectl.Result(ended.exit(), ended.output() + ended.errors());
    }

    /// Runs a command that must end well, and returns what it wrote to standard output.
    public String run(String... command) {
        Command.Ended ended = ended(command);
        if (ended.exit() != 0) {
            throw new AssertionError(
                    "helm %s ended with %d: %s"
                            .formatted(
                                    String.join(" ", command),
                                    ended.exit(),
                                    ended.output() + ended.errors()));
        }
        return ended.output();
    }

    private Command.Ended ended(String... command) {
        List<String> all = new ArrayList<>(List.of(program.toString()));
        all.addAll(arguments);
        all.addAll(List.of(command)); // may say otherwise
        return Command.run(all, "");
    }
}
