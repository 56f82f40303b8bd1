package dev.llmgateway.cli.endpoint;

import java.io.IOException;

/// Why an endpoint cannot be asked, in words of ours, without secrets.
final class EndpointProblem extends IOException {
    private static final long serialVersionUID = 1;

    private final String text;

    EndpointProblem(String text) {
        super(text);
        this.text = text;
    }

    String text() {
        return text;
    }
}
