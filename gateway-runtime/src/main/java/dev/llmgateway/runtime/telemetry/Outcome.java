package dev.llmgateway.runtime.telemetry;

/// How a request ended.
public enum Outcome {
    /// The reply was complete and the upstream said success.
    Served("served"),
    /// The gateway refused: key, permission, size, shape.
    Rejected("rejected"),
    /// An upstream answered with an error that is the request's or was passed on.
    UpstreamError("upstream_error"),
    /// No account could serve.
    Unavailable("unavailable"),
    /// The reply broke after it had begun.
    Truncated("truncated"),
    /// The client left or was too slow.
    ClientLeft("client_left"),
    /// The key was revoked while the request was under way.
    Revoked("revoked");

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
