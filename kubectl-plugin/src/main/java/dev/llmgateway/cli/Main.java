package dev.llmgateway.cli;

import dev.llmgateway.cli.cluster.EarlyCall;
import dev.llmgateway.cli.verb.Surroundings;
import dev.llmgateway.cli.verb.Surroundings.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;

/// Where the program begins.
public final class Main {
    private Main() {}

    /// The launcher says with `-Dcli.*` what it knows of terminals and of its package.
    public static void main(String[] arguments) {
        Terminal terminal =
                new Terminal(
                        flag("cli.in"),
                        flag("cli.out"),
                        flag("cli.err"),
                        Integer.getInteger("cli.columns", 0));
        Surroundings surroundings =
                new Surroundings(
                        System.getenv(),
                        System.in,
                        terminal,
                        InstantSource.system(),
                        SecureRandom::new,
                        System.getProperty("cli.home", ""),
                        EarlyCall.of(Surroundings.kubectl(System.getenv()), arguments));
        PrintWriter out = writer(FileDescriptor.out);
        PrintWriter err = writer(FileDescriptor.err);
        int code =
                new Program(surroundings, out, err, System.getProperty("cli.name", "llm-gateway"))
                        .run(arguments);
        out.flush();
        err.flush();
        System.exit(code);
    }

    private static boolean flag(String property) {
        return Boolean.getBoolean(property);
    }

    /// UTF-8 whatever the locale says.
    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(
                new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8),
                false);
    }
}
