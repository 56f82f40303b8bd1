package dev.llmgateway.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Objects.Change;
import java.util.Set;
import picocli.CommandLine.Option;

/// How a change is made.
public final class ChangeOptions {
    private static final Set<String> DRY_RUNS = Set.of("none", "client", "server");

    @Option(
            names = "--dry-run",
            paramLabel = "HOW",
            defaultValue = "none",
            description =
                    "none, client (print what would be written) or server (the API server judges it, nothing is kept).")
    private String dryRun = "none";

    @Option(
            names = "--force",
            description =
                    "Also change what exists already, what another manager owns, or what Argo CD or Flux manages.")
    private boolean force;

    public Change change() {
        if (!DRY_RUNS.contains(dryRun)) {
            throw new Failure(ExitCode.USAGE, "unknownDryRun", dryRun);
        }
        return new Change(dryRun, force);
    }

    /// Whether a GitOps tool would undo a change of this object, and nobody insists.
    public boolean leftToGit(JsonNode object) {
        return !force && GitOps.manager(object).isPresent();
    }
}
