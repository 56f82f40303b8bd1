package dev.llmgateway.crds.api;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/// Rules for keys of some namespaces.
public record Policy(
        @Required @Size(min = 1, max = 63) String name,
        @Default("{}") NamespaceConsent.Namespaces namespaces,
        ModelFilter models,
        @Size(max = 64) List<@Size(min = 1, max = 63) String> pools,
        Caps defaults,
        Caps ceilings) {
    public record Caps(Limits limits, @Size(max = 8) List<Budget> budgets) {}
}
