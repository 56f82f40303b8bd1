package dev.llmgateway.cli.cluster;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.FutureTask;

/// A program that is run to its end.
///
/// @param exit 0: well
record Child(int exit, String output, String errors) {
    /// @param input what it reads from standard input; the way of everything secret
    static Child run(List<String> command, String input) {
        try {
            Process process = new ProcessBuilder(command).start();
            FutureTask<String> errors = new FutureTask<>(() -> text(process.getErrorStream()));
            Thread.ofPlatform().daemon().start(errors);
            write(input, process.getOutputStream());
            String output = text(process.getInputStream());
            return new Child(process.waitFor(), output, errors.get());
        } catch (IOException _) {
            throw new Failure(ExitCode.FAILURE, "noKubectl", command.getFirst());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "interrupted");
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Whoever ends without reading says why by its exit code and its errors.
    private static void write(String input, OutputStream stream) {
        try (stream) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // a broken pipe
        }
    }

    static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
