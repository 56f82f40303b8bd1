package dev.llmgateway.cli.place;

import java.util.List;

/// Ends a verb: an exit code, and a text of the message bundle that says what is wrong and what to
/// do next. Thrown where the world is touched, told once at the top.
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ExitCode code;
    private final String key;
    private final transient List<Object> arguments;

    /// @param key of the message bundle
    /// @param arguments of that message; never a secret
    public Failure(ExitCode code, String key, Object... arguments) {
        super(key, null, false, false);
        this.code = code;
        this.key = key;
        this.arguments = List.of(arguments);
    }

    public ExitCode code() {
        return code;
    }

    public String key() {
        return key;
    }

    public List<Object> arguments() {
        return arguments;
    }
}
