package dev.llmgateway.runtime.transport;

/// A whole reply made by the gateway itself.
///
/// @param body sent as UTF-8; empty: none
/// @param close whether the connection ends with it (framing no longer trusted, or told to)
public record Response(int status, HeaderLines headers, String body, boolean close) {}
