package dev.llmgateway.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.print.Result;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `upstream list` and `apikey list`. They are run more often than everything else together, so
/// they are described without annotations, which cost 60 ms of a cold start.
public final class ListVerb implements Callable<Integer> {
    private final Kind kind;
    private final Function<Instant, Listing> table;
    private final CommandSpec spec;

    private ListVerb(Kind kind, Function<Instant, Listing> table) {
        this.kind = kind;
        this.table = table;
        this.spec = CommandSpec.wrapWithoutInspection(this);
    }

    /// @param group `upstream` or `apikey`, for the examples
    /// @param table of the moment it is printed
    public static CommandLine of(
            String group, Kind kind, String description, Function<Instant, Listing> table) {
        ListVerb verb = new ListVerb(kind, table);
        CommandSpec spec = verb.spec;
        spec.name("list");
        spec.addOption(text("-l", "--selector", "SEL", "Labels, as kubectl takes them."));
        spec.addOption(flag("Keep it fresh, every 2 s, until interrupted.", "-w", "--watch"));
        spec.addOption(text("-o", "--output", "FORMAT", OutputOptions.DESCRIPTION));
        spec.addOption(flag("Tables without their first line.", "--no-headers"));
        spec.addOption(Leaf.help());
        spec.usageMessage()
                .description(description)
                .sortOptions(false)
                .synopsisHeading("Usage: ")
                .footerHeading("%nExamples:%n")
                .footer(
                        "  llm-gateway " + group + " list -A -o wide",
                        "  llm-gateway "
                                + group
                                + " list -o jsonpath='{range .items[*]}{.metadata.name}{\"\\n\"}{end}'");
        return new CommandLine(spec);
    }

    private static OptionSpec text(String brief, String name, String label, String description) {
        return OptionSpec.builder(brief, name)
                .type(String.class)
                .paramLabel(label)
                .defaultValue("")
                .description(description)
                .build();
    }

    private static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }

    private String text(String option) {
        return Objects.requireNonNull(spec.findOption(option)).<String>getValue();
    }

    @Override
    public Integer call() {
        Session session = Root.session(spec.commandLine());
        boolean watched = given("--watch");
        ExitCode code =
                WatchOptions.repeat(
                        session,
                        watched,
                        () -> {
                            list(session);
                            return ExitCode.OK;
                        });
        session.out().flush();
        return code.number();
    }

    private boolean given(String flag) {
        return Boolean.TRUE.equals(
                Objects.requireNonNull(spec.findOption(flag)).<Boolean>getValue());
    }

    private void list(Session session) {
        OutputOptions output = OutputOptions.of(text("--output"), given("--no-headers"));
        output.format();
        List<JsonNode> items = session.objects().list(kind, text("--selector"));
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
