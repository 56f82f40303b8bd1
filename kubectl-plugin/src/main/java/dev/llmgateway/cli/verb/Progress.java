package dev.llmgateway.cli.verb;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.print.Width;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// A wait that tells what it waits for: a spinner on a terminal, a line per news elsewhere.
public final class Progress {
    private static final String[] FRAMES = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
    private static final int FRAME_COLUMNS = 2;
    private static final int USUAL_COLUMNS = 77;
    private static final Duration FRAME = Duration.ofMillis(100);

    private final PrintWriter err;
    private final boolean terminal;

    /// For words: a line that filled the terminal could not be taken back.
    private final int columns;

    private String last = "";
    private int frame;

    public Progress(Session session) {
        this.err = session.err();
        this.terminal = session.surroundings().terminal().errors();
        int width = session.surroundings().terminal().columns();
        this.columns = width == 0 ? USUAL_COLUMNS : Math.max(1, width - FRAME_COLUMNS - 1);
    }

    /// The first value that `look` finds.
    ///
    /// @param pause between two looks
    /// @param now what is waited for, in words that may change
    /// @throws Failure exit code 5, with the last words
    public <T> T until(
            Duration within, Duration pause, Supplier<String> now, Supplier<Optional<T>> look) {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            Optional<T> seen = look.get();
            if (seen.isPresent()) {
                clear();
                return seen.get();
            }
            if (System.nanoTime() - deadline > 0) {
                clear();
                throw new Failure(ExitCode.TIMEOUT, "timeout", within.toSeconds() + "s", now.get());
            }
            rest(pause, now.get());
        }
    }

    private void rest(Duration pause, String words) {
        long end = System.nanoTime() + pause.toNanos();
        do {
            show(words);
            LockSupport.parkNanos(Math.min(FRAME.toNanos(), Math.max(1, end - System.nanoTime())));
            if (Thread.interrupted()) {
                throw new Failure(ExitCode.INTERRUPTED, "interrupted");
            }
        } while (System.nanoTime() < end);
    }

    private void show(String words) {
        if (terminal) {
            err.print(
                    "\r\033[K" + FRAMES[frame++ % FRAMES.length] + " " + Width.cut(words, columns));
            err.flush();
        } else if (!words.equals(last)) {
            err.println(words);
            err.flush();
        }
        last = words;
    }

    private void clear() {
        if (terminal && !last.isEmpty()) {
            err.print("\r\033[K");
            err.flush();
        }
    }
}
