package dev.llmgateway.cli.apikey;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.verb.ListOptions;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `apikey list`.
@Command(
        name = "list",
        description = "Lists keys.",
        footer = {
            "  llm-gateway apikey list -A -o wide",
            "  llm-gateway apikey list -o jsonpath='{range .items[*]}{.metadata.name}{\"\\n\"}{end}'"
        })
final class ListCommand extends Verb {
    @Mixin private ListOptions listing = new ListOptions();

    @Override
    protected ExitCode run(Session session) {
        return listing.run(session, Kind.KEY, KeyTable::at);
    }
}
