package dev.llmgateway.e2e;

import dev.llmgateway.fixtures.process.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// The system calls of a running process, as strace sees them while it is attached.
///
/// It is not a test's choice whether strace works: where attaching is forbidden this fails.
final class SystemCalls implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// The rest of a call whose beginning has a line of its own.
    private static final Pattern REST = Pattern.compile("^\\d+ +<\\.\\.\\. .*");

    private final Process strace;
    private final Path trace;
    private final Path said;

    private SystemCalls(Process strace, Path trace, Path said) {
        this.strace = strace;
        this.trace = trace;
        this.said = said;
    }

    /// Attaches to every thread and waits until that is done.
    static SystemCalls of(long pid, Path folder) throws IOException {
        Path trace = folder.resolve("calls");
        Path said = folder.resolve("strace");
        Process strace =
                new ProcessBuilder(
                                "strace",
                                "-f",
                                "-yy",
                                "-s",
                                "0",
                                "-o",
                                trace.toString(),
                                "-p",
                                Long.toString(pid))
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        SystemCalls calls = new SystemCalls(strace, trace, said);
        Poll.untilTrue(
                PATIENCE,
                () -> "strace attached; it said: " + read(said),
                () -> read(said).contains("attached") && calls.alive());
        return calls;
    }

    private boolean alive() {
        if (!strace.isAlive()) {
            throw new AssertionError("strace cannot attach: " + read(said));
        }
        return true;
    }

    /// Detaches; the lines of calls begun since, without those that only wait for other threads.
    List<String> stop() {
        end();
        return read(trace)
                .lines()
                .filter(line -> line.contains("(") && !REST.matcher(line).matches())
                .filter(line -> !line.contains(" futex("))
                .toList();
    }

    private void end() {
        strace.destroy();
        try {
            if (!strace.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                strace.destroyForcibly();
                throw new AssertionError("strace does not end: " + read(said));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (strace.isAlive()) {
            end();
        }
    }
}
