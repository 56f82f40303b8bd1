package dev.llmgateway.cluster;

import java.util.List;

/// A process that is stopped (SIGSTOP) until this is closed: it is there, and does nothing.
public final class Frozen implements AutoCloseable {
    private final ProcessHandle process;

    private Frozen(ProcessHandle process) {
        this.process = process;
    }

    static Frozen of(ProcessHandle process) {
        signal(process, "STOP");
        return new Frozen(process);
    }

    @Override
    public void close() {
        signal(process, "CONT");
    }

    static void signal(ProcessHandle process, String name) {
        Command.Ended ended =
                Command.run(List.of("kill", "-s", name, Long.toString(process.pid())), "");
        if (ended.exit() != 0) {
            throw new IllegalStateException("kill -s " + name + ": " + ended.errors().strip());
        }
    }
}
