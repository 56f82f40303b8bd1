package dev.llmgateway.crds.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.CatalogEntry;
import dev.llmgateway.crds.plan.CatalogEntry.Price;
import dev.llmgateway.crds.plan.Provider;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModelCatalogTest {
    @ParameterizedTest
    @CsvSource({
        // model, thinking, sampling, prefill, midSystem, structuredOutputs, maxOutput
        "claude-3-5-haiku-20241022, B, Full, true, System, false, 8192",
        "claude-opus-4-20250514, B, Full, true, System, false, 64000",
        "claude-opus-4-1-20250805, B, Full, true, System, false, 64000",
        "claude-sonnet-4-0, B, Full, true, System, false, 64000",
        "claude-sonnet-4-5-20250929, B, Full, true, System, true, 64000",
        "claude-haiku-4-5, B, Full, true, System, true, 64000",
        "claude-opus-4-6, AB, Full, false, System, true, 64000",
        "claude-sonnet-4-6, AB, Full, false, System, true, 64000",
        "claude-opus-4-7, A, None, false, Native, true, 64000",
        "claude-opus-4-8, A, None, false, Native, true, 64000",
        "claude-opus-5, A, None, false, Native, true, 128000",
        "claude-sonnet-5-20260901, A, None, false, Native, true, 128000",
        "claude-fable-5, A, None, false, Native, true, 128000",
        "claude-mythos-5, A, None, false, Native, true, 128000",
        "claude-opus-6, A, None, false, Native, true, 128000"
    })
    void claudeModelsAreKnownByGeneration(
            String model,
            String thinking,
            String sampling,
            boolean prefill,
            String midSystem,
            boolean structuredOutputs,
            int maxOutput) {
        CatalogEntry entry = builtIn(Provider.Anthropic, model);

        assertThat(entry.thinking()).isEqualTo(thinking);
        assertThat(entry.sampling()).isEqualTo(sampling);
        assertThat(entry.prefill()).isEqualTo(prefill);
        assertThat(entry.midSystem()).isEqualTo(midSystem);
        assertThat(entry.structuredOutputs()).isEqualTo(structuredOutputs);
        assertThat(entry.maxOutput()).isEqualTo(maxOutput);
    }

    @ParameterizedTest
    @CsvSource({"OpenAI, gpt-5-mini", "OpenAI, o3", "AzureOpenAI, gpt-5", "AzureOpenAI, o4-mini"})
    void openAiReasoningModelsTakeNoSamplingAndNoStop(Provider provider, String model) {
        CatalogEntry entry = builtIn(provider, model);

        assertThat(entry.sampling()).isEqualTo("None");
        assertThat(entry.stop()).isFalse();
        assertThat(entry.developerRole()).isTrue();
        assertThat(entry.midSystem()).isEqualTo("Developer");
        assertThat(entry.maxTokensField()).isEqualTo("max_completion_tokens");
    }

    @ParameterizedTest
    @CsvSource({
        "OpenAI, gpt-5.6, true",
        "OpenAI, gpt-5.6-mini, true",
        "AzureOpenAI, gpt-5.9, true",
        "OpenAI, gpt-5.5, false",
        "OpenAI, gpt-5, false",
        "AzureOpenAI, o4-mini, false",
    })
    void openAiTakesBreakpointsOfThePromptCacheFromGpt56On(
            Provider provider, String model, boolean taken) {
        CatalogEntry entry = builtIn(provider, model);

        assertThat(entry.cacheBreakpoints()).isEqualTo(taken);
        assertThat(entry.sampling()).isEqualTo("None");
    }

    @Test
    void otherOpenAiModelsTakeSamplingAndStop() {
        CatalogEntry entry = builtIn(Provider.OpenAI, "gpt-4o");

        assertThat(entry.sampling()).isEqualTo("Full");
        assertThat(entry.stop()).isTrue();
        assertThat(entry.developerRole()).isTrue();
        assertThat(entry.cacheBreakpoints()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"Google", "Qwen", "OpenAICompatible"})
    void compatibleServersGetThePlainDialect(Provider provider) {
        CatalogEntry entry = builtIn(provider, "some-model");

        assertThat(entry.sampling()).isEqualTo("Full");
        assertThat(entry.stop()).isTrue();
        assertThat(entry.developerRole()).isFalse();
        assertThat(entry.midSystem()).isEqualTo("System");
        assertThat(entry.maxTokensField()).isEqualTo("max_tokens");
        assertThat(entry.echoReasoning()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "OpenAICompatible, deepseek-chat, true",
        "OpenAICompatible, qwen3-32b, true",
        "OpenAICompatible, glm-4.6, true",
        "OpenAICompatible, llama-4, false",
        "Qwen, qwen3-max, true",
        "Qwen, qwen-plus, false"
    })
    void reasoningIsEchoedToModelsThatExpectIt(Provider provider, String model, boolean echo) {
        assertThat(builtIn(provider, model).echoReasoning()).isEqualTo(echo);
    }

    @Test
    void aGptNameOnACompatibleServerIsNotTakenForOpenAi() {
        CatalogEntry entry = builtIn(Provider.OpenAICompatible, "gpt-5-oss");

        assertThat(entry.match()).isEqualTo("*");
        assertThat(entry.maxTokensField()).isEqualTo("max_tokens");
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownModelGetsItsProvidersRowWith32000Tokens(Provider provider) {
        CatalogEntry entry = builtIn(provider, "nobody-knows-me");

        assertThat(entry.provider()).isEqualTo(provider.name());
        assertThat(entry.maxOutput()).isEqualTo(32_000);
        assertThat(entry.price()).isEqualTo(Price.UNKNOWN);
    }

    @Test
    void anAnthropicCompatibleServerIsTakenForClaude45() {
        CatalogEntry entry = builtIn(Provider.AnthropicCompatible, "deepseek-chat");

        assertThat(entry.thinking()).isEqualTo("B");
        assertThat(entry.prefill()).isTrue();
        assertThat(entry.midSystem()).isEqualTo("System");
    }

    @Test
    void withoutAnyEntryLookupStillAnswers() {
        assertThat(ModelCatalog.lookup(List.of(), Provider.OpenAI, "gpt-5").maxOutput())
                .isEqualTo(32_000);
    }

    @Test
    void anOverrideKeepsTheBuiltInFactsItDoesNotName() {
        CatalogReading reading =
                ModelCatalog.read(
                        """
                        - {match: "gpt-5*", provider: OpenAI, price: {input: 1250000, output: 10000000}}
                        """);
        CatalogEntry entry = ModelCatalog.lookup(above(reading), Provider.OpenAI, "gpt-5-mini");

        assertThat(reading.problems()).isEmpty();
        assertThat(entry.price()).isEqualTo(new Price(1_250_000, 10_000_000, 0, 0));
        assertThat(entry.stop()).isFalse();
        assertThat(entry.maxTokensField()).isEqualTo("max_completion_tokens");
    }

    @Test
    void anOverrideCompletesFromTheOverridesBelowIt() {
        CatalogReading reading =
                ModelCatalog.read(
                        """
                        - {match: my-model-xl, maxOutput: 9000}
                        - {match: "my-*", contextTokens: 128000, prefill: Accept}
                        """);

        assertThat(reading.entries().getFirst().contextTokens()).isEqualTo(128_000);
        assertThat(reading.entries().getFirst().prefill()).isTrue();
        assertThat(reading.entries().get(1).maxOutput()).isEqualTo(32_000);
    }

    @Test
    void everyMistakeIsNamedAndNoEntryCounts() {
        CatalogReading reading =
                ModelCatalog.read(
                        """
                        - {match: ok}
                        - {match: "a*b", samplng: Full}
                        - {thinking: C}
                        - {match: x, maxOutput: 0, price: {input: -1}}
                        """);

        assertThat(reading.entries()).isEmpty();
        assertThat(reading.problems())
                .containsExactly(
                        "[1].samplng: unknown field \"samplng\"; did you mean \"sampling\"?",
                        "[2].match: required field is missing",
                        "[2].thinking: unknown value \"C\"; valid: A, AB, B, N");
    }

    @Test
    void figuresOutOfRangeAreNamed() {
        CatalogReading reading =
                ModelCatalog.read(
                        """
                        - {match: "a*b"}
                        - {match: x, maxOutput: 0, contextTokens: -1, price: {input: -1}}
                        """);

        assertThat(reading.problems())
                .containsExactly(
                        "[0].match: must be a model name, exact or with one * at its end",
                        "[1].maxOutput: must be at least 1",
                        "[1].contextTokens: must not be negative",
                        "[1].price: must not be negative");
    }

    @Test
    void aTextThatIsNoListIsRefused() {
        assertThat(ModelCatalog.read("match: x").problems())
                .containsExactly("expected a list, found a mapping");
        assertThat(ModelCatalog.read("- [").problems()).hasSize(1);
        assertThat(ModelCatalog.read("").entries()).isEmpty();
    }

    private static CatalogEntry builtIn(Provider provider, String model) {
        return ModelCatalog.lookup(ModelCatalog.builtIn(), provider, model);
    }

    private static List<CatalogEntry> above(CatalogReading reading) {
        return Stream.concat(reading.entries().stream(), ModelCatalog.builtIn().stream()).toList();
    }
}
