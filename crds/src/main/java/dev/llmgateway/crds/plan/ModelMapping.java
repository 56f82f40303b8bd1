package dev.llmgateway.crds.plan;

/// One entry of an account's models.
///
/// @param pattern requested name, exact or with one trailing `*`
/// @param upstream name sent upstream; empty: as requested (without `stripPrefix`)
/// @param stripPrefix prefix such as `anthropic/` removed from the requested name; empty: none
public record ModelMapping(String pattern, String upstream, String stripPrefix) {}
