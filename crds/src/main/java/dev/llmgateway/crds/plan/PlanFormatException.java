package dev.llmgateway.crds.plan;

import java.io.IOException;

/// Bytes that are not a plan this program can run: another format version, not JSON, or a field
/// that is missing, null, unknown or of the wrong type. The whole plan is refused.
public final class PlanFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    PlanFormatException(String message) {
        super(message);
    }

    PlanFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
