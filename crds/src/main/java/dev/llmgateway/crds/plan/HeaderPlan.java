package dev.llmgateway.crds.plan;

/// One header added upstream; both parts are printable ASCII.
public record HeaderPlan(String name, String value) {}
