package dev.llmgateway.crds.plan;

import java.io.IOException;

/// Bytes that are no plan, or no bundle of one, that this program can run: another format version,
/// not JSON, a digest that does not match, or a field that is missing, null or of the wrong type.
/// The whole is refused. Messages name fields and objects, never values.
public final class PlanFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    PlanFormatException(String message) {
        super(message);
    }

    PlanFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
