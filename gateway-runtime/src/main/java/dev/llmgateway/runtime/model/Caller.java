package dev.llmgateway.runtime.model;

import dev.llmgateway.crds.plan.KeyPlan;

/// Who asks: a key that was found valid on the head.
public record Caller(KeyPlan key) {}
