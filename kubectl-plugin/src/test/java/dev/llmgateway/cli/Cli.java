package dev.llmgateway.cli;

import dev.llmgateway.cli.cluster.EarlyCall;
import dev.llmgateway.cli.verb.Surroundings;
import dev.llmgateway.cli.verb.Surroundings.Terminal;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The program in this process, with everything it sees given by a test.
///
/// @param always options in front of every command line
public record Cli(
        Map<String, String> environment, String input, Terminal terminal, List<String> always) {
    /// What tests call now, so that ages are the same every time.
    static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    /// An admin port where nobody listens.
    private static final String NOBODY = "--admin-port=1";

    public Cli {
        environment = Map.copyOf(environment);
        always = List.copyOf(always);
    }

    /// How a run ended.
    public record Ended(int code, String out, String err) {}

    public static Cli on(Path folder) {
        return new Cli(
                Map.of("LANG", "C.UTF-8"),
                "",
                Terminal.NONE,
                List.of("--dir", folder.toString(), NOBODY));
    }

    /// Without a place.
    public static Cli bare() {
        return new Cli(Map.of("LANG", "C.UTF-8"), "", Terminal.NONE, List.of());
    }

    public Cli reading(String text) {
        return new Cli(environment, text, terminal, always);
    }

    public Cli at(Terminal other) {
        return new Cli(environment, input, other, always);
    }

    public Cli with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Cli(more, input, terminal, always);
    }

    public Cli always(String... options) {
        return new Cli(environment, input, terminal, List.of(options));
    }

    public Ended run(String... arguments) {
        List<String> all = new ArrayList<>(always);
        all.addAll(List.of(arguments));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Surroundings surroundings =
                new Surroundings(
                        environment,
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        terminal,
                        () -> NOW,
                        SecureRandom::new,
                        "",
                        EarlyCall.NONE);
        int code =
                new Program(surroundings, new PrintWriter(out), new PrintWriter(err), "llm-gateway")
                        .run(all.toArray(String[]::new));
        return new Ended(code, out.toString(), err.toString());
    }

    /// A run that must end well; returns its standard output.
    public String ok(String... arguments) {
        Ended ended = run(arguments);
        if (ended.code() != 0) {
            throw new AssertionError(
                    List.of(arguments) + " ended with " + ended.code() + ": " + ended.err());
        }
        return ended.out();
    }
}
