package dev.llmgateway.runtime.transport;

/// A coded request body that is not what its coding demands. Its message never holds bytes of it.
final class CorruptBody extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CorruptBody(String message) {
        super(message, null, false, false); // thrown for every bad body: no stack to pay for
    }
}
