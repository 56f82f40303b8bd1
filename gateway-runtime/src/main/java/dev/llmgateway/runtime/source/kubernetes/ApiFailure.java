package dev.llmgateway.runtime.source.kubernetes;

import java.io.IOException;

/// The API server answered with an error, not at all, or with what cannot be read. The message
/// names what was asked, never a token or a value.
public final class ApiFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    ApiFailure(String asked, int status) {
        super(asked + ": the API server answered " + status);
        this.status = status;
    }

    ApiFailure(String asked, String why) {
        super(asked + ": " + why);
        this.status = 0;
    }

    /// Whether what was watched is too old to go on from; a list is due.
    boolean gone() {
        return status == 410;
    }
}
