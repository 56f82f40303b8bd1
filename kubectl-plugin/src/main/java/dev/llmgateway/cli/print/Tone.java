package dev.llmgateway.cli.print;

/// What a cell means to a reader; a colour on terminals.
public enum Tone {
    PLAIN(""),
    GOOD("\033[32m"),
    WARN("\033[33m"),
    BAD("\033[31m"),
    FAINT("\033[2m"),
    BOLD("\033[1m");

    private static final String RESET = "\033[0m";

    private final String start;

    Tone(String start) {
        this.start = start;
    }

    String paint(String text) {
        return this == PLAIN || text.isEmpty() ? text : start + text + RESET;
    }

    /// Of a condition: `True` is good, `False` bad, everything else in between.
    public static Tone ofCondition(String status) {
        return switch (status) {
            case "True" -> GOOD;
            case "False" -> BAD;
            default -> WARN;
        };
    }

    /// Of an account's state.
    public static Tone ofState(String state) {
        return switch (state) {
            case "Active" -> GOOD;
            case "CredentialInvalid" -> BAD;
            case "Suspended" -> FAINT;
            default -> WARN;
        };
    }
}
