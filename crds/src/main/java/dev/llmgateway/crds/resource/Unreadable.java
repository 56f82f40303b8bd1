package dev.llmgateway.crds.resource;

/// Why an object's `spec` could not be read.
///
/// @param path field such as `spec.routing.strategy`
/// @param message what stands there
public record Unreadable(String path, String message) {}
