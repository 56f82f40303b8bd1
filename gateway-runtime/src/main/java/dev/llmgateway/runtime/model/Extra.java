package dev.llmgateway.runtime.model;

/// A top-level member that has no place in the hub; what becomes of it is the target's decision.
///
/// @param value JSON
public record Extra(String name, Slice value) {}
