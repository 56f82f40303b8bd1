package dev.llmgateway.cli.verb;

import dev.llmgateway.cli.cluster.EarlyCall;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What the program finds around it.
///
/// @param environment variables
/// @param input standard input
/// @param random cryptographically strong; made when it is first needed, which takes 10 ms
/// @param home folder of the package; empty: unpackaged
public record Surroundings(
        Map<String, String> environment,
        InputStream input,
        Terminal terminal,
        InstantSource clock,
        Supplier<RandomGenerator> random,
        String home,
        EarlyCall early) {
    /// What the launcher found out about the three standard streams.
    ///
    /// @param columns width; 0: unknown
    public record Terminal(boolean input, boolean output, boolean errors, int columns) {
        public static final Terminal NONE = new Terminal(false, false, false, 0);

        /// Width of lines on standard output; 0: they have any.
        public int outputColumns() {
            return output ? columns : 0;
        }

        /// Whether somebody sees a question and can answer it.
        public boolean canBeAsked() {
            return input && errors;
        }
    }

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /// The program that `KUBECTL` names.
    public static String kubectl(Map<String, String> environment) {
        String named = environment.getOrDefault("KUBECTL", "");
        return named.isEmpty() ? "kubectl" : named;
    }

    public String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    /// Of messages: the first of these that is set, as POSIX has it.
    public String language() {
        for (String name : new String[] {"LC_ALL", "LC_MESSAGES", "LANG"}) {
            String value =
                    variable("LLM_GATEWAY_" + name).isEmpty()
                            ? variable(name)
                            : variable("LLM_GATEWAY_" + name);
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }
}
