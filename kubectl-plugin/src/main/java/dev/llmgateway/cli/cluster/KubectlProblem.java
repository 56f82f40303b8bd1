package dev.llmgateway.cli.cluster;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import java.util.List;

/// What `kubectl` says when it fails, as exit codes and words of ours. Pure.
final class KubectlProblem {
    private static final List<String> NO_CLUSTER =
            List.of(
                    "connection to the server",
                    "Unable to connect to the server",
                    "connection refused",
                    "no configuration has been provided",
                    "no such host",
                    "i/o timeout");

    private static final List<Known> KNOWN =
            List.of(
                    new Known(ExitCode.FORBIDDEN, "forbidden", "(Forbidden)"),
                    new Known(
                            ExitCode.FORBIDDEN,
                            "unauthorized",
                            "(Unauthorized)",
                            "must be logged in"),
                    new Known(ExitCode.NOT_FOUND, "notFoundByKubectl", "(NotFound)"),
                    new Known(
                            ExitCode.FAILURE,
                            "noCrds",
                            "the server doesn't have a resource type",
                            "no matches for kind"),
                    new Known(
                            ExitCode.CONFLICT,
                            "conflictByKubectl",
                            "(Conflict)",
                            "conflict with",
                            "(AlreadyExists)"),
                    new Known(
                            ExitCode.USAGE,
                            "invalidByKubectl",
                            "(Invalid)",
                            "is invalid:",
                            "(BadRequest)"),
                    new Known(ExitCode.FAILURE, "noContext", "context \"", "context was not found"),
                    new Known(
                            ExitCode.TIMEOUT,
                            "timeoutByKubectl",
                            "timed out waiting",
                            "Client.Timeout exceeded",
                            "context deadline exceeded"));

    private KubectlProblem() {}

    /// @param marks any of which its text has
    private record Known(ExitCode code, String key, List<String> marks) {
        Known(ExitCode code, String key, String... marks) {
            this(code, key, List.of(marks));
        }

        boolean fits(String errors) {
            return marks.stream().anyMatch(errors::contains);
        }
    }

    /// @param exit its exit code
    /// @param errors its standard error
    static Failure of(int exit, String errors) {
        if (exit == ExitCode.INTERRUPTED.number()) { // Ctrl-C reaches it as well, maybe before us
            return new Failure(ExitCode.INTERRUPTED, "interrupted");
        }
        String line = line(errors);
        for (Known known : KNOWN) {
            if (known.fits(errors)) {
                return new Failure(known.code(), known.key(), line);
            }
        }
        return NO_CLUSTER.stream().anyMatch(errors::contains)
                ? new Failure(ExitCode.FAILURE, "noCluster", line)
                : new Failure(ExitCode.FAILURE, "kubectlFailed", line);
    }

    /// The last line that says something, without `kubectl`'s own prefixes. Lines of its log
    /// (`E0123 …`) come before.
    private static String line(String errors) {
        String last = errors.lines().filter(line -> !line.isBlank()).reduce("", (_, line) -> line);
        String first =
                errors.lines()
                        .filter(line ->
                                line.startsWith("Error from server")
                                        || line.startsWith("error:")
                                        || line.startsWith("The "))
                        .findFirst()
                        .orElse(last);
        return first.replaceFirst(
                        "^(Error from server \\([A-Za-z]+\\): |Error from server: |error: )", "")
                .strip();
    }
}
