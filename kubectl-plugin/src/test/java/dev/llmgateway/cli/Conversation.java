package dev.llmgateway.cli;

import dev.llmgateway.cli.cluster.EarlyCall;
import dev.llmgateway.cli.verb.Surroundings;
import dev.llmgateway.cli.verb.Surroundings.Terminal;
import dev.llmgateway.fixtures.process.Poll;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A run of the program that a test talks with while it goes on.
final class Conversation implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final PipedOutputStream keyboard = new PipedOutputStream();
    private final FutureTask<Integer> run;

    private Conversation(Cli cli, String... arguments) {
        Surroundings surroundings =
                new Surroundings(
                        cli.environment(),
                        piped(keyboard),
                        Terminal.NONE,
                        InstantSource.system(),
                        SecureRandom::new,
                        "",
                        EarlyCall.NONE);
        List<String> all = new ArrayList<>(cli.always());
        all.addAll(List.of(arguments));
        run =
                new FutureTask<>(() ->
                        new Program(
                                        surroundings,
                                        new PrintWriter(out),
                                        new PrintWriter(err),
                                        "llm-gateway")
                                .run(all.toArray(String[]::new)));
    }

    static Conversation start(Cli cli, String... arguments) {
        Conversation conversation = new Conversation(cli, arguments);
        Thread.ofPlatform().daemon().start(conversation.run);
        return conversation;
    }

    private static PipedInputStream piped(PipedOutputStream from) {
        try {
            return new PipedInputStream(from);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until it has said something that matches, and returns the first group.
    String hears(String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        return Poll.until(
                PATIENCE,
                () -> pattern + " in:\n" + err,
                () -> {
                    boolean over = run.isDone();
                    Matcher found = wanted.matcher(err.toString());
                    if (!found.find()) {
                        if (over) {
                            throw new AssertionError(pattern + " never came in:\n" + err);
                        }
                        return Optional.empty();
                    }
                    return Optional.of(found.group(1));
                });
    }

    Conversation types(String line) {
        try {
            keyboard.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            keyboard.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Cli.Ended ends() {
        try {
            int code = run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return new Cli.Ended(code, out.toString(), err.toString());
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError("said so far: " + err, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Ends the input.
    @Override
    public void close() {
        try {
            keyboard.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
