package dev.llmgateway.cli.apikey;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.verb.ChangeOptions;
import dev.llmgateway.cli.verb.Deletion;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `apikey remove`.
@Command(
        name = "remove",
        description =
                "Removes a key; that revokes it at once. `apikey revoke` also waits until every pod refuses it.",
        footer = {
            "  llm-gateway apikey remove team-a",
            "  llm-gateway --dir . apikey remove team-a --yes"
        })
final class RemoveCommand extends Verb {
    @Parameters(paramLabel = "NAME", description = "Name of the key.")
    private String name = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Mixin private ChangeOptions changes = new ChangeOptions();

    @Override
    protected ExitCode run(Session session) {
        return Deletion.of(session, Kind.KEY, session.objects().read(Kind.KEY, name), yes, changes);
    }
}
