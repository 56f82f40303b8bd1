package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.crds.plan.CatalogEntry;

/// What an upstream is asked with.
///
/// @param model name the upstream knows
/// @param entry what the catalogue knows of it
/// @param anthropicVendor the upstream is Anthropic's own, which needs and keeps what others do not
///   (attribution lines, signed thinking)
public record Target(String model, CatalogEntry entry, boolean anthropicVendor) {}
