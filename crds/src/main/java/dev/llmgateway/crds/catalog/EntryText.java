package dev.llmgateway.crds.catalog;

import dev.llmgateway.crds.plan.Provider;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/// An entry as it is written; what is absent comes from the entries below it.
record EntryText(
        @Required String match,
        @Nullable Provider provider,
        @Nullable Thinking thinking,
        @Nullable Sampling sampling,
        @Nullable Boolean structuredOutputs,
        @Nullable MidSystem midSystem,
        @Nullable Prefill prefill,
        @Nullable Boolean stop,
        @Nullable Boolean developerRole,
        @Nullable MaxTokensField maxTokensField,
        @Nullable Boolean topK,
        @Nullable Boolean search,
        @Nullable Boolean cacheBreakpoints,
        @Nullable Boolean echoReasoning,
        @Nullable Integer maxOutput,
        @Nullable Integer contextTokens,
        @Nullable PriceText price) {

    enum Thinking {
        A,
        AB,
        B,
        N
    }

    enum Sampling {
        Full,
        Temperature,
        None
    }

    enum MidSystem {
        Native,
        Developer,
        System,
        Reminder
    }

    enum Prefill {
        Accept,
        Reject
    }

    /// The names are those of the wire.
    @SuppressWarnings("MemberName")
    enum MaxTokensField {
        max_completion_tokens,
        max_tokens
    }

    /// Micro-dollars per million tokens.
    record PriceText(
            @Nullable Long input,
            @Nullable Long output,
            @Nullable Long cacheRead,
            @Nullable Long cacheWrite) {}
}
