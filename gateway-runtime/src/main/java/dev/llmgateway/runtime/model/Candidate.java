package dev.llmgateway.runtime.model;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.WireFormat;

/// An account that may serve a request.
///
/// @param model name the upstream is asked for
/// @param format spoken to the account; the client's own where the account speaks it
/// @param targetPriority priority of the route's target; 0 without a route
/// @param weight the account's weight times its target's, for choosing inside a priority
public record Candidate(
        AccountPlan account, String model, WireFormat format, int targetPriority, int weight) {}
