package dev.llmgateway.cli;

import dev.llmgateway.cli.cluster.EarlyCall;
import dev.llmgateway.cli.verb.Surroundings;
import dev.llmgateway.cli.verb.Surroundings.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine;

/// Every help text as a file of the package, which the launcher shows without starting a JVM: help
/// is asked for more often than anything else, and never changes. Used by package.sh alone.
final class HelpPages {
    private HelpPages() {}

    /// Writes `PROGRAM/LANGUAGE/upstream.add` and the like; the root's own is
    /// `PROGRAM/LANGUAGE/.txt`.
    ///
    /// @param arguments the folder
    public static void main(String[] arguments) throws IOException {
        for (String name : List.of("llm-gateway", "kubectl llm-gateway")) {
            for (String language : List.of("en", "zh")) {
                Path folder = Path.of(arguments[0], name.replace(" llm-gateway", ""), language);
                Files.createDirectories(folder);
                write(folder, program(name, language), List.of());
            }
        }
    }

    private static Program program(String name, String language) {
        Surroundings surroundings =
                new Surroundings(
                        Map.of("LANG", language),
                        InputStream.nullInputStream(),
                        Terminal.NONE,
                        InstantSource.system(),
                        SecureRandom::new,
                        "",
                        EarlyCall.NONE);
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return new Program(surroundings, nowhere, nowhere, name);
    }

    /// The page of a verb, made as the program makes it when it is asked for that verb alone; then
    /// those below it.
    private static void write(Path folder, Program program, List<String> path) throws IOException {
        Set<String> words = new HashSet<>(path);
        words.add("--help");
        CommandLine line = program.commandLine(words);
        for (String word : path) {
            line = Objects.requireNonNull(line.getSubcommands().get(word));
        }
        Files.writeString(folder.resolve(String.join(".", path) + ".txt"), line.getUsageMessage());
        for (String verb : line.getSubcommands().keySet()) {
            List<String> below = new ArrayList<>(path);
            below.add(verb);
            write(folder, program, below);
        }
    }
}
