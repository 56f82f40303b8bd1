package dev.llmgateway.cli.upstream;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.verb.ListOptions;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `upstream list`.
@Command(
        name = "list",
        description = "Lists accounts.",
        footer = {
            "  llm-gateway upstream list -A -o wide",
            "  llm-gateway upstream list -o jsonpath='{range .items[*]}{.metadata.name}{\"\\n\"}{end}'"
        })
final class ListCommand extends Verb {
    @Mixin private ListOptions listing = new ListOptions();

    @Override
    protected ExitCode run(Session session) {
        return listing.run(session, Kind.ACCOUNT, AccountTable::at);
    }
}
