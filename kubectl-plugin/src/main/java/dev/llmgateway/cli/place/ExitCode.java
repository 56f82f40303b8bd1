package dev.llmgateway.cli.place;

/// How the program ends (spec/cli.md). Scripts rely on the numbers.
public enum ExitCode {
    OK(0),
    FAILURE(1),
    USAGE(2),
    NOT_FOUND(3),
    FORBIDDEN(4),
    TIMEOUT(5),
    CONFLICT(6),
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
