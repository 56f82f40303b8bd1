package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.crds.plan.CatalogEntry;

/// What an upstream is asked with.
///
/// @param model name the upstream knows
/// @param entry what the catalogue knows of it
/// @param anthropicVendor the upstream is Anthropic's own, which needs and keeps what others do not
///   (attribution lines, signed thinking)
/// @param account tag of the account that is asked, for carriers of reasoning; empty: none is bound
public record Target(String model, CatalogEntry entry, boolean anthropicVendor, String account) {
    /// Of an account without a tag.
    public Target(String model, CatalogEntry entry, boolean anthropicVendor) {
        this(model, entry, anthropicVendor, "");
    }

    /// Whether OpenAI itself is asked.
    public boolean openAiVendor() {
        return entry.provider().equals("OpenAI") || entry.provider().equals("AzureOpenAI");
    }
}
