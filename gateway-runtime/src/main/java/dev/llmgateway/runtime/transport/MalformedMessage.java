package dev.llmgateway.runtime.transport;

/// A message whose framing cannot be trusted. Carries no stack: it is an outcome, not a bug.
final class MalformedMessage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedMessage(String what) {
        super(what, null, false, false);
    }
}
