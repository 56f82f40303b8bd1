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
import java.util.List;
import java.util.Map;
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
                write(folder, program(name, language).commandLine(Verbs.words()), name);
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

    private static void write(Path folder, CommandLine line, String root) throws IOException {
        String path = line.getCommandSpec().qualifiedName(".").substring(root.length());
        Files.writeString(
                folder.resolve(path.replaceFirst("^\\.", "") + ".txt"), line.getUsageMessage());
        for (CommandLine verb : line.getSubcommands().values()) {
            write(folder, verb, root);
        }
    }
}
