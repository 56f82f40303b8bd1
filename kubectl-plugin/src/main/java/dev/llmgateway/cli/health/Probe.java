package dev.llmgateway.cli.health;

/// One thing that was looked at.
///
/// @param detail why it is as it is
record Probe(String what, String name, boolean good, String detail) {}
