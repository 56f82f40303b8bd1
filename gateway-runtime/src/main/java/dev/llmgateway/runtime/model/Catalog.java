package dev.llmgateway.runtime.model;

import dev.llmgateway.crds.plan.CatalogEntry;
import dev.llmgateway.crds.plan.Provider;
import java.util.List;

/// What is known of models: the plan's catalogue, read (spec/resources.md, Model catalogue).
public final class Catalog {
    /// What holds of a model nobody knows anything of.
    private static final CatalogEntry UNKNOWN =
            new CatalogEntry(
                    "*",
                    "",
                    "N",
                    "Full",
                    false,
                    "System",
                    false,
                    true,
                    false,
                    "max_tokens",
                    false,
                    false,
                    false,
                    false,
                    32_000,
                    0,
                    CatalogEntry.Price.UNKNOWN);

    private Catalog() {}

    /// The first entry that matches.
    public static CatalogEntry lookup(List<CatalogEntry> entries, Provider provider, String model) {
        for (CatalogEntry entry : entries) {
            boolean here = entry.provider().isEmpty() || entry.provider().equals(provider.name());
            if (here && NamePattern.matches(entry.match(), model)) {
                return entry;
            }
        }
        return UNKNOWN;
    }
}
