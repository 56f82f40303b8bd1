package dev.llmgateway.operator.status;

import dev.llmgateway.crds.plan.Revision;

/// A pod of a gateway.
///
/// @param ready whether requests reach it
/// @param revision it last acknowledged
/// @param appliedAt when it took that revision, RFC 3339; empty: unknown
public record Replica(String pod, boolean ready, Revision revision, String appliedAt) {}
