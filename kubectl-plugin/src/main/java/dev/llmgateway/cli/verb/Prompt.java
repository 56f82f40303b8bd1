package dev.llmgateway.cli.verb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Questions to a person at a terminal; the answer is one line. Standard output may be a file
/// meanwhile, which is why this is no [java.io.Console]: there is none then.
final class Prompt {
    private final Session session;

    Prompt(Session session) {
        this.session = session;
    }

    /// Empty: nobody can be asked, or nothing came.
    Optional<String> line(String question) {
        if (!session.surroundings().terminal().canBeAsked()) {
            return Optional.empty();
        }
        session.err().print(question + " ");
        session.err().flush();
        return read();
    }

    /// The same without echo, which comes back even on Ctrl-C.
    Optional<String> secret(String question) {
        if (!session.surroundings().terminal().canBeAsked()) {
            return Optional.empty();
        }
        Optional<String> before = stty("-g");
        if (before.isEmpty() || stty("-echo").isEmpty()) {
            return Optional.empty();
        }
        Thread restorer = new Thread(() -> echoAgain(before.get()), "echo");
        Runtime.getRuntime().addShutdownHook(restorer);
        Optional<String> typed = line(question);
        Runtime.getRuntime().removeShutdownHook(restorer);
        echoAgain(before.get());
        return typed;
    }

    private void echoAgain(String settings) {
        stty(settings);
        session.err().println();
        session.err().flush();
    }

    private Optional<String> read() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        InputStream input = session.surroundings().input();
        try {
            int read = input.read();
            if (read < 0) {
                return Optional.empty();
            }
            while (read >= 0 && read != '\n') {
                line.write(read);
                read = input.read();
            }
        } catch (IOException _) {
            return Optional.empty();
        }
        return Optional.of(line.toString(StandardCharsets.UTF_8));
    }

    /// What it says of the terminal that is our standard input; empty: it failed.
    private static Optional<String> stty(String word) {
        try {
            Process process =
                    new ProcessBuilder("stty", word)
                            .redirectInput(Redirect.INHERIT)
                            .redirectError(Redirect.DISCARD)
                            .start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return process.waitFor() == 0 ? Optional.of(said.strip()) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
