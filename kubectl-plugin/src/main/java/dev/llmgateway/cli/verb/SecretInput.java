package dev.llmgateway.cli.verb;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Secrets come from standard input, a file or a prompt without echo; never from an argument.
public final class SecretInput {
    private static final int MOST_BYTES = 64 * 1024;

    private SecretInput() {}

    public static String fromInput(Session session) {
        try {
            byte[] bytes = session.surroundings().input().readNBytes(MOST_BYTES);
            return checked(new String(bytes, StandardCharsets.UTF_8), "stdin");
        } catch (IOException _) {
            throw new Failure(ExitCode.FAILURE, "secretUnreadable", "stdin");
        }
    }

    public static String fromFile(Path file) {
        try {
            return checked(Files.readString(file), file.toString());
        } catch (IOException _) {
            throw new Failure(ExitCode.FAILURE, "secretUnreadable", file);
        }
    }

    /// Empty: nobody is there to be asked.
    public static Optional<String> fromPrompt(Session session, String question) {
        return new Prompt(session).secret(question).map(text -> checked(text, "prompt"));
    }

    /// Only what can stand in a header; the message never quotes it.
    private static String checked(String text, String source) {
        String secret = text.strip();
        if (secret.isEmpty() || !secret.chars().allMatch(each -> each >= ' ' && each <= '~')) {
            throw new Failure(ExitCode.USAGE, "secretMalformed", source);
        }
        return secret;
    }
}
