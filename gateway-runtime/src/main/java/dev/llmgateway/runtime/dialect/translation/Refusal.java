package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;

/// A request that cannot be translated: 400, naming the field. Has no stack trace: the client is at
/// fault, and it costs nothing to be told so often.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String field;

    /// @param field path such as `messages[2].content[0].image_url`
    /// @param message for people: what cannot be carried where, and what to do
    public Refusal(String field, String message) {
        super(message, null, false, false);
        this.field = field;
    }

    public GatewayError error() {
        return new GatewayError(ErrorCode.BAD_REQUEST, String.valueOf(getMessage()), field, 0);
    }
}
