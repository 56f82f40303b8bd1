package dev.llmgateway.cli.completion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.verb.Facts;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `__complete`: the words that may stand at the end of a command line, as `kubectl` asks plugins
/// for them.
@Command(
        name = "__complete",
        hidden = true,
        description = "Words that may follow.",
        footer = {"  llm-gateway __complete up", "  llm-gateway __complete upstream show ''"})
public final class CompleteCommand extends Verb {
    /// Tells `kubectl` not to offer files.
    private static final String NO_FILES = ":4";

    @Parameters(
            paramLabel = "WORD",
            arity = "0..*",
            description = "The command line so far; the last word is completed.")
    private List<String> words = new ArrayList<>();

    @Override
    protected ExitCode run(Session session) {
        CommandLine root = line().getCommandSpec().root().commandLine();
        Candidates candidates = Candidates.of(root, words);
        List<String> all = new ArrayList<>(candidates.words());
        candidates.kind().ifPresent(kind -> all.addAll(names(session, kind)));
        all.stream()
                .filter(word -> word.startsWith(candidates.begin()))
                .forEach(session.out()::println);
        session.out().println(NO_FILES);
        return ExitCode.OK;
    }

    /// A person who types is not told what is wrong.
    private static List<String> names(Session session, Kind kind) {
        try {
            List<JsonNode> objects = session.objects().list(kind, "");
            return objects.stream().map(Facts::name).distinct().toList();
        } catch (Failure _) {
            return List.of();
        }
    }
}
