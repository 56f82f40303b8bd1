package dev.llmgateway.runtime.dialect;

/// Where a request goes.
///
/// @param id of the response or model a path names, `%2F` decoded; empty: the operation has none
public record Route(Operation operation, String id) {}
