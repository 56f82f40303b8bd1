package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.crds.plan.CatalogEntry;
import dev.llmgateway.runtime.dialect.translation.Target;

/// Upstreams of the kinds that are asked in Chat. Each is a value; the methods change one flag.
record Upstream(String model, String provider, Flags flags, String sampling, String midSystem) {
    record Flags(
            boolean prefill,
            boolean stop,
            boolean developer,
            boolean topK,
            boolean search,
            boolean breakpoints,
            boolean echo,
            boolean anthropic) {}

    private static final Flags COMPATIBLE =
            new Flags(false, true, false, false, false, false, false, false);

    /// Takes what most do.
    static Upstream compatible() {
        return new Upstream("m", "OpenAICompatible", COMPATIBLE, "Full", "System");
    }

    /// A reasoning model of OpenAI's.
    static Upstream openAi(String model) {
        Flags flags = new Flags(false, false, true, false, false, true, false, false);
        return new Upstream(model, "OpenAI", flags, "None", "Developer");
    }

    Upstream named(String other) {
        return new Upstream(other, provider, flags, sampling, midSystem);
    }

    Upstream at(String other) {
        return new Upstream(model, other, flags, sampling, midSystem);
    }

    Upstream with(Flags others) {
        return new Upstream(model, provider, others, sampling, midSystem);
    }

    Upstream samples(String how) {
        return new Upstream(model, provider, flags, how, midSystem);
    }

    Upstream instructs(String how) {
        return new Upstream(model, provider, flags, sampling, how);
    }

    Target target() {
        CatalogEntry entry =
                new CatalogEntry(
                        "*",
                        provider,
                        "N",
                        sampling,
                        true,
                        midSystem,
                        flags.prefill,
                        flags.stop,
                        flags.developer,
                        provider.equals("OpenAI") ? "max_completion_tokens" : "max_tokens",
                        flags.topK,
                        flags.search,
                        flags.breakpoints,
                        flags.echo,
                        32_000,
                        0,
                        CatalogEntry.Price.UNKNOWN);
        return new Target(model, entry, flags.anthropic);
    }
}
