package dev.llmgateway.runtime.transport;

/// A request the edge will not serve.
///
/// @param close whether the connection's framing can no longer be trusted
record Refusal(int status, String message, boolean close) {}
