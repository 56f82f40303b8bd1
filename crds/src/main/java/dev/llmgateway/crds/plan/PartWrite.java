package dev.llmgateway.crds.plan;

/// A Secret to be written before the index names it.
public record PartWrite(PartName name, PartContent.Stored content) {}
