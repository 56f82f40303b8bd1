package dev.llmgateway.cli.usage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.verb.Fleet;
import dev.llmgateway.cli.verb.OutputOptions;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.UsagePages;
import dev.llmgateway.cli.verb.Verb;
import dev.llmgateway.cli.verb.WaitOptions;
import dev.llmgateway.cli.verb.Words;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `usage`.
@Command(
        name = "usage",
        description =
                "Requests, errors and tokens by the counters of the running processes, of the last hour at most.",
        footer = {
            "  llm-gateway usage --by=key --since=15m",
            "  llm-gateway --dir . usage --by=account -o json"
        })
public final class UsageCommand extends Verb {
    @Option(
            names = "--by",
            paramLabel = "WHAT",
            defaultValue = "key",
            description = "key (default), account or owner.")
    private String by = "key";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "1h",
            description = "How far back, 1m to 1h. Default: 1h.")
    private String since = "1h";

    @Mixin private OutputOptions output = new OutputOptions();

    @Override
    protected ExitCode run(Session session) {
        UsageReport.By column = Words.choose(UsageReport.By.class, by, "--by");
        int minutes = Math.toIntExact(Math.clamp(WaitOptions.duration(since).toMinutes(), 1, 60));
        List<JsonNode> pages = new ArrayList<>();
        try (Fleet fleet = Fleet.chosen(session)) {
            fleet.ports().forEach(port -> UsagePages.page(port, minutes).ifPresent(pages::add));
            if (pages.size() < fleet.ports().size() + fleet.unreachable().size()) {
                session.warn(
                        "usagePartial",
                        pages.size(),
                        fleet.ports().size() + fleet.unreachable().size());
            }
        }
        if (pages.isEmpty()) {
            throw new Failure(ExitCode.FAILURE, "noServer");
        }
        List<JsonNode> keys =
                column == UsageReport.By.Owner ? session.objects().list(Kind.KEY, "") : List.of();
        output.print(session, UsageReport.of(pages, column, keys));
        return ExitCode.OK;
    }
}
