package dev.llmgateway.crds.catalog;

import dev.llmgateway.crds.catalog.EntryText.Prefill;
import dev.llmgateway.crds.catalog.EntryText.PriceText;
import dev.llmgateway.crds.plan.CatalogEntry;
import dev.llmgateway.crds.plan.CatalogEntry.Price;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Fills what entries leave out: each field comes from the first entry below that covers the same
/// names for the same provider, and in the end from `LEAST`.
final class Completion {
    /// What holds of a model nobody knows, on a server that speaks plain Chat Completions.
    static final CatalogEntry LEAST =
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
                    Price.UNKNOWN);

    private Completion() {}

    /// Complete entries for `texts`, which stand above `below`.
    static List<CatalogEntry> of(List<EntryText> texts, List<CatalogEntry> below) {
        Deque<CatalogEntry> complete = new ArrayDeque<>();
        for (EntryText text : texts.reversed()) {
            List<CatalogEntry> rest = new ArrayList<>(complete);
            rest.addAll(below);
            complete.addFirst(over(text, base(text, rest)));
        }
        return List.copyOf(complete);
    }

    private static CatalogEntry base(EntryText text, List<CatalogEntry> below) {
        ModelPattern pattern = new ModelPattern(text.match());
        String provider = provider(text);
        return below.stream()
                .filter(entry -> entry.provider().isEmpty() || entry.provider().equals(provider))
                .filter(entry -> new ModelPattern(entry.match()).covers(pattern))
                .findFirst()
                .orElse(LEAST);
    }

    private static CatalogEntry over(EntryText text, CatalogEntry base) {
        return new CatalogEntry(
                text.match(),
                provider(text),
                name(text.thinking(), base.thinking()),
                name(text.sampling(), base.sampling()),
                or(text.structuredOutputs(), base.structuredOutputs()),
                name(text.midSystem(), base.midSystem()),
                text.prefill() == null ? base.prefill() : text.prefill() == Prefill.Accept,
                or(text.stop(), base.stop()),
                or(text.developerRole(), base.developerRole()),
                name(text.maxTokensField(), base.maxTokensField()),
                or(text.topK(), base.topK()),
                or(text.search(), base.search()),
                or(text.cacheBreakpoints(), base.cacheBreakpoints()),
                or(text.echoReasoning(), base.echoReasoning()),
                or(text.maxOutput(), base.maxOutput()),
                or(text.contextTokens(), base.contextTokens()),
                price(text.price(), base.price()));
    }

    private static Price price(@Nullable PriceText text, Price base) {
        if (text == null) {
            return base;
        }
        return new Price(
                or(text.input(), base.input()),
                or(text.output(), base.output()),
                or(text.cacheRead(), base.cacheRead()),
                or(text.cacheWrite(), base.cacheWrite()));
    }

    private static String provider(EntryText text) {
        return text.provider() == null ? "" : text.provider().name();
    }

    private static String name(@Nullable Enum<?> value, String fallback) {
        return value == null ? fallback : value.name();
    }

    private static <T> T or(@Nullable T value, T fallback) {
        return value == null ? fallback : value;
    }
}
