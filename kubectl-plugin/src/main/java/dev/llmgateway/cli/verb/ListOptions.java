package dev.llmgateway.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.print.Result;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What every listing takes.
public final class ListOptions {
    @Option(
            names = {"-l", "--selector"},
            paramLabel = "SEL",
            description = "Labels, as kubectl takes them.")
    private String selector = "";

    @Mixin private WatchOptions watch = new WatchOptions();
    @Mixin private OutputOptions output = new OutputOptions();

    /// @param table of the moment it is printed
    public ExitCode run(Session session, Kind kind, Function<Instant, Listing> table) {
        return watch.repeat(
                session,
                () -> {
                    list(session, kind, table);
                    return ExitCode.OK;
                });
    }

    private void list(Session session, Kind kind, Function<Instant, Listing> table) {
        List<JsonNode> items = session.objects().list(kind, selector);
        boolean several = items.stream().map(Facts::namespace).distinct().count() > 1;
        boolean folder = session.place() instanceof Place.Folder;
        boolean namespaces = session.globals().allNamespaces() || (folder && several);
        Result result = table.apply(session.now()).of(kind, items, namespaces);
        if (items.isEmpty() && output.isText()) {
            session.say("none", kind.kind());
            return;
        }
        output.print(session, result);
    }
}
