package dev.llmgateway.runtime.transport;

/// A reply whose framing cannot be trusted. Carries no stack: it is an outcome, not a bug.
final class MalformedReply extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedReply(String what) {
        super(what, null, false, false);
    }
}
