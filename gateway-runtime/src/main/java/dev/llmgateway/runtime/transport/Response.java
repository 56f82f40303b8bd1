package dev.llmgateway.runtime.transport;

/// A whole reply made by the gateway itself.
///
/// @param close whether the connection ends with it (framing no longer trusted, or told to)
public record Response(int status, HeaderLines headers, byte[] body, boolean close) {}
