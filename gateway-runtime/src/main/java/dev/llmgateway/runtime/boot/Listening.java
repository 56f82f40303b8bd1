package dev.llmgateway.runtime.boot;

/// The ports in use.
record Listening(String host, int dataPort, int adminPort) {}
