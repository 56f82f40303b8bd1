package dev.llmgateway.runtime.boot;

import org.jspecify.annotations.Nullable;

/// The process cannot start; the message says what to change.
final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
