package dev.llmgateway.cli.verb;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/// Keeps a page fresh until it is interrupted.
public final class WatchOptions {
    private static final Duration PERIOD = Duration.ofSeconds(2);

    @Option(
            names = {"-w", "--watch"},
            description = "Keep it fresh, every 2 s, until interrupted.")
    private boolean watch;

    public ExitCode repeat(Session session, Supplier<ExitCode> page) {
        return repeat(session, watch, page);
    }

    static ExitCode repeat(Session session, boolean watched, Supplier<ExitCode> page) {
        ExitCode code = page.get();
        while (watched) {
            LockSupport.parkNanos(PERIOD.toNanos());
            if (Thread.interrupted()) {
                throw new Failure(ExitCode.INTERRUPTED, "interrupted");
            }
            if (session.surroundings().terminal().output()) {
                session.out().print("\033[H\033[2J");
            }
            code = page.get();
            session.out().flush();
        }
        return code;
    }
}
