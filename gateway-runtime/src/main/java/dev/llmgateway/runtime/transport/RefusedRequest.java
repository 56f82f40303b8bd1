package dev.llmgateway.runtime.transport;

/// Bytes of a client that are no request to be served. Carries no stack: it is an outcome, not a
/// bug.
final class RefusedRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusedRequest(Refusal refusal) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
