package dev.llmgateway.e2e;

import dev.llmgateway.fixtures.process.Repository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The command line as people install it: package.sh makes it where something has changed.
final class PluginPackage {
    private static final Duration MAKING = Duration.ofMinutes(5);
    private static final Duration RUNNING = Duration.ofMinutes(1);

    private PluginPackage() {}

    /// `llm-gateway` of the package.
    static Path program() {
        Path root = Repository.root();
        Child made =
                Child.run(
                        List.of(root.resolve("kubectl-plugin/package.sh").toString()),
                        Map.of(),
                        MAKING);
        if (made.exit() != 0) {
            throw new AssertionError("package.sh failed: " + made.output());
        }
        return root.resolve("dist-plugin/llm-gateway/bin/llm-gateway");
    }

    /// `kubectl` as the test cluster has it.
    static Path kubectl() {
        Path script = Repository.root().resolve("testing/cluster/binaries.sh");
        Child found = Child.run(List.of(script.toString(), "--path"), Map.of(), RUNNING);
        if (found.exit() != 0) {
            throw new AssertionError("no kubectl: run `make setup`; " + found.output());
        }
        return Path.of(found.output().strip(), "kubectl");
    }

    /// Runs it on a folder; standard output and error as they came.
    static Child run(Path program, Path folder, String... words) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--dir=" + folder));
        command.addAll(List.of(words));
        return Child.run(command, Map.of("LC_ALL", "C.UTF-8"), RUNNING);
    }

    /// A run that must end well.
    static String ok(Path program, Path folder, String... words) {
        Child child = run(program, folder, words);
        if (child.exit() != 0) {
            throw new AssertionError(
                    List.of(words) + " ended with " + child.exit() + ": " + child.output());
        }
        return child.output();
    }
}
