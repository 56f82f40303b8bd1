package dev.llmgateway.cluster;

import dev.llmgateway.fixtures.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Somebody's shell: `kubectl`, `helm`, the packaged command line and the tests' Python are in its
/// path, `kubectl` finds the cluster. What it is told runs in the repository's root, as READMEs
/// say.
///
/// @param home its own, where caches of the programs go
public record Shell(Path home) {
    private static final Path ROOT = Repository.root();

    /// Makes the package of the command line where something has changed, which takes half a
    /// minute.
    ///
    /// @param home an empty folder
    public static Shell on(Kubectl kubectl, Path home) {
        Command.Ended made =
                Command.run(List.of(ROOT.resolve("kubectl-plugin/package.sh").toString()), "");
        if (made.exit() != 0) {
            throw new IllegalStateException("package.sh: " + made.output() + made.errors());
        }
        try {
            Path programs = Files.createDirectories(home.resolve("bin"));
            Files.createSymbolicLink(programs.resolve("kubectl"), kubectl.program());
            Files.createSymbolicLink(programs.resolve("helm"), Helm.offline().program());
            Files.copy(kubectl.kubeconfig(), home.resolve("kubeconfig"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Shell(home);
    }

    /// Runs a command line to its end, whatever that is.
    public Kubectl.Result tried(String line) {
        Command.Ended ended = Command.run(command(line), "");
        return new Kubectl.Result(ended.exit(), ended.output() + ended.errors());
    }

    /// Runs a command line that must end well, and returns what it wrote to standard output.
    public String run(String line) {
        Command.Ended ended = Command.run(command(line), "");
        if (ended.exit() != 0) {
            throw new AssertionError(
                    "%s\nended with %d: %s"
                            .formatted(line, ended.exit(), ended.output() + ended.errors()));
        }
        return ended.output();
    }

    /// Starts a command line that goes on by itself; whoever does ends it.
    ///
    /// @param output where its standard output goes, relative to [#home]
    public Process start(String line, String output) {
        try {
            return new ProcessBuilder(command("exec " + line))
                    .redirectOutput(home.resolve(output).toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command(String line) {
        List<String> path =
                List.of(
                        home.resolve("bin").toString(),
                        ROOT.resolve("dist-plugin/llm-gateway/bin").toString(),
                        ROOT.resolve(".setup/venv/bin").toString(),
                        "/usr/bin",
                        "/bin");
        return List.of(
                "env",
                "--ignore-environment",
                "--chdir=" + ROOT,
                "PATH=" + String.join(":", path),
                "HOME=" + home,
                "KUBECONFIG=" + home.resolve("kubeconfig"),
                "KUBECACHEDIR=" + home.resolve("cache"),
                "LC_ALL=C.UTF-8",
                "NO_PROXY=*",
                "bash",
                "-euo",
                "pipefail",
                "-c",
                line);
    }
}
