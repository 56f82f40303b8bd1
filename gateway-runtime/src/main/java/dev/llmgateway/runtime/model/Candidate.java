package dev.llmgateway.runtime.model;

import dev.llmgateway.crds.plan.AccountPlan;

/// An account that may serve a request.
///
/// @param model name the upstream is asked for
/// @param targetPriority priority of the route's target; 0 without a route
/// @param weight the account's weight times its target's, for choosing inside a priority
public record Candidate(AccountPlan account, String model, int targetPriority, int weight) {}
