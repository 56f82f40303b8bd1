package dev.llmgateway.crds.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rules for keys of some namespaces; the first policy that matches a key's namespace holds.
public record Policy(
        @Required
                @Size(min = 1, max = 63)
                @JsonPropertyDescription("Name, unique in its list. Required, 1-63 characters.")
                String name,
        @Default("{}")
                @JsonPropertyDescription("Namespaces whose keys it rules. Default: {from: Same}.")
                NamespaceConsent.Namespaces namespaces,
        @JsonPropertyDescription("Models those keys may use. Default: all.")
                @Nullable ModelFilter models,
        @Size(max = 64)
                @JsonPropertyDescription(
                        "Pools those keys may use. Default: all. At most 64, each 1-63 characters.")
                List<@Size(min = 1, max = 63) String> pools,
        @JsonPropertyDescription("Limits and budgets of keys without their own. Default: none.")
                @Nullable Caps defaults,
        @JsonPropertyDescription(
                        "Limits no key exceeds, and budgets that apply beside a key's own. Default: none.")
                @Nullable Caps ceilings) {
    public Policy {
        namespaces = Defaults.or(namespaces, NamespaceConsent.Namespaces.SAME);
        pools = Defaults.list(pools);
    }

    /// Limits and budgets.
    public record Caps(
            @JsonPropertyDescription("Rates and ceilings. Default: unlimited.")
                    @Nullable Limits limits,
            @Size(max = 8) @JsonPropertyDescription("Budgets. Default: none. At most 8.")
                    List<Budget> budgets) {
        public Caps {
            budgets = Defaults.list(budgets);
        }
    }
}
