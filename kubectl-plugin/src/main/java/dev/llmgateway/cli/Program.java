package dev.llmgateway.cli;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.print.Messages;
import dev.llmgateway.cli.verb.Globals;
import dev.llmgateway.cli.verb.Root;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Surroundings;
import dev.llmgateway.cli.version.OwnVersion;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/// One run: words to a verb, an exit code out. Whatever goes wrong is told in one line that says
/// what to do next.
final class Program {
    private final Surroundings surroundings;
    private final PrintWriter out;
    private final PrintWriter err;
    private final String name;

    /// @param name as the program was called: `llm-gateway` or `kubectl llm-gateway`
    Program(Surroundings surroundings, PrintWriter out, PrintWriter err, String name) {
        this.surroundings = surroundings;
        this.out = out;
        this.err = err;
        this.name = name;
    }

    int run(String... arguments) {
        return commandLine(new HashSet<>(List.of(arguments))).execute(arguments);
    }

    /// @param words of the command line: only verbs that are named in it are loaded
    CommandLine commandLine(Set<String> words) {
        Root root = Root.of(surroundings);
        CommandLine line = new CommandLine(root.spec());
        line.setCommandName(name);
        line.getCommandSpec()
                .versionProvider(() -> new String[] {"kubectl-llm_gateway " + OwnVersion.NUMBER});
        Verbs.addTo(line, words);
        HelpTexts.translate(line, language(words), name);
        line.setOut(out);
        line.setErr(err);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        HelpLayout.apply(line, surroundings.terminal());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((problem, _) -> wrongUse(root.globals(), problem));
        line.setExecutionExceptionHandler((problem, _, _) -> ended(root.globals(), problem));
        return line;
    }

    /// Help is made before options are read, so `--lang` is looked for by hand.
    private String language(Set<String> words) {
        return words.stream()
                .filter(word -> word.startsWith("--lang="))
                .map(word -> word.substring("--lang=".length()))
                .findFirst()
                .orElse(surroundings.language());
    }

    private int wrongUse(Globals globals, ParameterException problem) {
        Messages messages = Session.messages(globals, surroundings);
        String verb = problem.getCommandLine().getCommandSpec().qualifiedName();
        String what = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
        err.println(messages.text("error") + " " + what + " " + messages.text("seeHelp", verb));
        err.flush();
        return ExitCode.USAGE.number();
    }

    private int ended(Globals globals, Exception problem) {
        Messages messages = Session.messages(globals, surroundings);
        if (problem instanceof Failure failure) {
            err.println(
                    messages.text("error")
                            + " "
                            + messages.text(failure.key(), failure.arguments().toArray()));
            err.flush();
            return failure.code().number();
        }
        // The text of an unexpected exception may quote anything, so only its kind and place are
        // told.
        StackTraceElement[] trace = problem.getStackTrace();
        String place = trace.length == 0 ? "" : trace[0].toString();
        err.println(
                messages.text("error")
                        + " "
                        + messages.text("unexpected", problem.getClass().getName(), place));
        err.flush();
        return ExitCode.FAILURE.number();
    }
}
