package dev.llmgateway.runtime.boot;

/// The process cannot start; the message says what to change.
final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
