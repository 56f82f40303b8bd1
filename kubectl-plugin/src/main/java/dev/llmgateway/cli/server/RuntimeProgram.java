package dev.llmgateway.cli.server;

import dev.llmgateway.cli.folder.RunningServer;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.verb.Surroundings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `llm-gateway-runtime` as a child of this process: it shares the terminal, and ends with us.
///
/// @param command its path and arguments
record RuntimeProgram(List<String> command, Path folder) {
    private static final String NAME = "llm-gateway-runtime";
    private static final Pattern LISTENING =
            Pattern.compile("listening data=(.+):(\\d+) admin=.+:(\\d+)");

    RuntimeProgram {
        command = List.copyOf(command);
    }

    /// What `LLM_GATEWAY_RUNTIME` names, else the one of our package, else the one in PATH.
    static String find(Surroundings surroundings) {
        String named = surroundings.variable("LLM_GATEWAY_RUNTIME");
        Stream<Path> places =
                Stream.concat(
                        Stream.of(
                                        named,
                                        surroundings.home().isEmpty()
                                                ? ""
                                                : surroundings.home() + "/bin/" + NAME)
                                .filter(path -> !path.isEmpty())
                                .map(Path::of),
                        Stream.of(surroundings.variable("PATH").split(":"))
                                .filter(path -> !path.isEmpty())
                                .map(path -> Path.of(path, NAME)));
        return places.filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseThrow(() -> new Failure(ExitCode.NOT_FOUND, "noRuntime", NAME));
    }

    /// Blocks until it ends; returns its exit code.
    int run(PrintWriter out) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectInput(ProcessBuilder.Redirect.INHERIT)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process), "end gateway"));
            BufferedReader lines = process.inputReader();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.println(line);
                out.flush();
                remember(process.pid(), line);
            }
            return process.waitFor();
        } catch (IOException _) {
            throw new Failure(ExitCode.FAILURE, "noRuntime", command.getFirst());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "interrupted");
        } finally {
            RunningServer.forget(folder);
        }
    }

    private void remember(long pid, String line) {
        Matcher matcher = LISTENING.matcher(line);
        if (matcher.matches()) {
            new RunningServer(
                            pid,
                            matcher.group(1),
                            Integer.parseInt(matcher.group(2)),
                            Integer.parseInt(matcher.group(3)))
                    .write(folder);
        }
    }

    /// It drains on the signal; so we wait for it.
    private static void end(Process process) {
        process.destroy();
        process.onExit().join();
    }
}
