package dev.llmgateway.cluster;

import dev.llmgateway.fixtures.process.Repository;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Our own programs, which `make setup` builds into the user's cache.
///
/// @param folder holds `test-cluster`, `test-node`, `kubectl` and `images/`
record OwnBuild(Path folder) {
    private static final OwnBuild UNKNOWN = new OwnBuild(Path.of(""));
    private static volatile OwnBuild found = UNKNOWN;

    /// Empty: not built. Asks the script that builds them, once.
    static synchronized Optional<OwnBuild> find() {
        if (found.equals(UNKNOWN)) {
            Optional<Path> folder = ask(Repository.root().resolve("testing/cluster/binaries.sh"));
            if (folder.isEmpty()) {
                return Optional.empty();
            }
            found = new OwnBuild(folder.get());
        }
        return Optional.of(found);
    }

    Path program(String name) {
        return folder.resolve(name);
    }

    private static Optional<Path> ask(Path script) {
        Command.Ended ended = Command.run(List.of(script.toString(), "--path"), "");
        return ended.exit() == 0 ? Optional.of(Path.of(ended.output().strip())) : Optional.empty();
    }
}
