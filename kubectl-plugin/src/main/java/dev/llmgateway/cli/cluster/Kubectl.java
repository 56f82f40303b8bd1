package dev.llmgateway.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.print.Json;
import java.util.ArrayList;
import java.util.List;

/// `kubectl` with the user's flags.
public final class Kubectl {
    private final String program;
    private final ClusterFlags flags;
    private final EarlyCall early;

    /// @param program `kubectl`, or a path to it
    /// @param early a call that may be under way already
    public Kubectl(String program, ClusterFlags flags, EarlyCall early) {
        this.program = program;
        this.flags = flags;
        this.early = early;
    }

    public ClusterFlags flags() {
        return flags;
    }

    /// The same for another namespace.
    public Kubectl in(String namespace) {
        ClusterFlags there = new ClusterFlags(namespace, false, flags.passed(), flags.verbosity());
        return namespace.isEmpty() ? this : new Kubectl(program, there, EarlyCall.NONE);
    }

    /// Runs it to a good end and returns what it wrote.
    public String run(String... arguments) {
        return run(List.of(arguments), "", false);
    }

    /// The same with a Secret in what it reads; its log is kept from quoting it.
    public String runWithSecret(String input, List<String> arguments) {
        return run(arguments, input, true);
    }

    private String run(List<String> arguments, String input, boolean secret) {
        List<String> command = command(arguments, secret);
        Child child = early.ended(command).orElseGet(() -> Child.run(command, input));
        if (child.exit() != 0) {
            throw KubectlProblem.of(child.exit(), child.errors());
        }
        return child.output();
    }

    /// What it writes with `-o json`.
    public JsonNode json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--output=json");
        JsonNode node = Json.parse(run(all, "", true));
        if (node.isMissingNode()) {
            throw new Failure(
                    ExitCode.FAILURE, "kubectlFailed", "no JSON came from kubectl " + arguments[0]);
        }
        return node;
    }

    List<String> command(List<String> arguments, boolean secret) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(arguments);
        command.addAll(flags.arguments(secret));
        return command;
    }
}
