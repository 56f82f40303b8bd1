package dev.llmgateway.crds.plan;

/// An amount that may be spent per window; names of `api` enums are kept as text.
///
/// @param scope `Key`, `Owner`, `Namespace` or `Gateway`
/// @param unit `MicroUSD`, `Tokens` or `Requests`
/// @param window `Hour`, `Day`, `Week`, `Month` or `Total`
/// @param action `Reject` or `Warn`
public record BudgetPlan(
        String name,
        String scope,
        String unit,
        long limit,
        String window,
        String timeZone,
        String action) {}
