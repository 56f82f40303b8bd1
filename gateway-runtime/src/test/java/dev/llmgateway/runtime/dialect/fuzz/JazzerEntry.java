package dev.llmgateway.runtime.dialect.fuzz;

/// What Jazzer calls, in a process of its own.
public final class JazzerEntry {
    private static FuzzTarget target = FuzzTarget.CHAT_REQUEST;

    private JazzerEntry() {}

    /// @param arguments a target's name
    public static void fuzzerInitialize(String[] arguments) {
        target = FuzzTarget.valueOf(arguments[0]);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        target.accept(input);
    }
}
