package dev.llmgateway.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `kubectl` of the cluster's own version.
///
/// @param namespace where commands act that name none
public record Kubectl(Path program, Path kubeconfig, String namespace) {
    /// How a command ended.
    ///
    /// @param exit 0: well
    /// @param text standard output, and behind it standard error
    public record Result(int exit, String text) {}

    /// Runs a command to its end, whatever that is.
    ///
    /// @param input what it reads from standard input, for `-f -`
    public Result tried(String input, String... arguments) {
        Command.Ended ended = Command.run(command(arguments), input);
        return new Result(ended.exit(), ended.output() + ended.errors());
    }

    /// Runs a command that must end well, and returns what it wrote.
    public String run(String... arguments) {
        return runWith("", arguments);
    }

    /// The same with a text on its standard input.
    public String runWith(String input, String... arguments) {
        Result result = tried(input, arguments);
        if (result.exit() != 0) {
            throw new AssertionError(
                    "kubectl %s ended with %d: %s"
                            .formatted(String.join(" ", arguments), result.exit(), result.text()));
        }
        return result.text();
    }

    /// The same program for another kubeconfig, such as one of a ServiceAccount.
    public Kubectl with(Path otherKubeconfig) {
        return new Kubectl(program, otherKubeconfig, namespace);
    }

    private List<String> command(String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                program.toString(),
                                "--kubeconfig=" + kubeconfig,
                                "--cache-dir=" + kubeconfig + ".cache", // of this cluster alone
                                "--namespace=" + namespace));
        command.addAll(List.of(arguments));
        return command;
    }
}
