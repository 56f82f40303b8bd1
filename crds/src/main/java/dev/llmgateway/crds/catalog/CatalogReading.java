package dev.llmgateway.crds.catalog;

import dev.llmgateway.crds.plan.CatalogEntry;
import java.util.List;

/// What a catalogue text says: entries, or problems; never both.
///
/// @param entries complete entries in the text's order
/// @param problems `[2].sampling: message`; one is enough for no entry to count
public record CatalogReading(List<CatalogEntry> entries, List<String> problems) {
    public CatalogReading {
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
    }
}
