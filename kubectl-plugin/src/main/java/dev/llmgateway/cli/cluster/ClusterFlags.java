package dev.llmgateway.cli.cluster;

import java.util.ArrayList;
import java.util.List;

/// Flags that are handed on to `kubectl`, which refuses them before a plugin's name.
///
/// @param namespace empty: the context's
/// @param passed the others, such as `--context=prod`
/// @param verbosity of `kubectl -v`; 0: unset
public record ClusterFlags(
        String namespace, boolean allNamespaces, List<String> passed, int verbosity) {
    /// From this level on `kubectl` logs what it sends, Secrets included.
    private static final int LOGS_BODIES = 8;

    public ClusterFlags {
        passed = List.copyOf(passed);
    }

    /// @param secret the call carries a Secret, which must not reach the log
    List<String> arguments(boolean secret) {
        List<String> arguments = new ArrayList<>(passed);
        if (!namespace.isEmpty()) {
            arguments.add("--namespace=" + namespace);
        }
        if (verbosity > 0) {
            arguments.add("-v=" + (secret ? Math.min(verbosity, LOGS_BODIES - 1) : verbosity));
        }
        return arguments;
    }
}
