package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.UpstreamAccountSpec;
import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.ModelMapping;
import dev.llmgateway.crds.plan.WireFormat;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The provider table of spec/resources.md.
///
/// @param baseURL empty: none
/// @param formats empty: the account must list them
/// @param models empty: the account must list them
/// @param prefix stripped from requested names that match `prefix*`; empty: none
record ProviderDefaults(
        String baseURL,
        CredentialPlan.Header header,
        Set<WireFormat> formats,
        List<String> models,
        String prefix) {
    private static final ProviderDefaults ANTHROPIC =
            new ProviderDefaults(
                    "https://api.anthropic.com",
                    CredentialPlan.Header.ByVersion,
                    EnumSet.of(WireFormat.Messages, WireFormat.CountTokens, WireFormat.Models),
                    List.of("claude-*", "anthropic/*"),
                    "anthropic/");
    private static final ProviderDefaults OPENAI =
            new ProviderDefaults(
                    "https://api.openai.com/v1",
                    CredentialPlan.Header.Bearer,
                    EnumSet.of(
                            WireFormat.ChatCompletions,
                            WireFormat.Responses,
                            WireFormat.Completions,
                            WireFormat.Embeddings,
                            WireFormat.Models),
                    List.of(
                            "gpt-*",
                            "o1*",
                            "o3*",
                            "o4*",
                            "chatgpt-*",
                            "text-embedding-*",
                            "openai/*"),
                    "openai/");
    private static final ProviderDefaults AZURE =
            new ProviderDefaults(
                    "",
                    CredentialPlan.Header.ApiKey,
                    EnumSet.of(
                            WireFormat.ChatCompletions,
                            WireFormat.Responses,
                            WireFormat.Embeddings),
                    List.of(),
                    "");
    private static final ProviderDefaults GOOGLE =
            new ProviderDefaults(
                    "https://generativelanguage.googleapis.com/v1beta/openai",
                    CredentialPlan.Header.Bearer,
                    EnumSet.of(
                            WireFormat.ChatCompletions, WireFormat.Embeddings, WireFormat.Models),
                    List.of("gemini-*"),
                    "");
    private static final ProviderDefaults QWEN =
            new ProviderDefaults(
                    "https://dashscope.aliyuncs.com/compatible-mode/v1",
                    CredentialPlan.Header.Bearer,
                    EnumSet.of(WireFormat.ChatCompletions, WireFormat.Embeddings),
                    List.of("qwen*", "qwq*"),
                    "");
    private static final ProviderDefaults OPENAI_COMPATIBLE =
            new ProviderDefaults("", CredentialPlan.Header.Bearer, Set.of(), List.of(), "");
    private static final ProviderDefaults ANTHROPIC_COMPATIBLE =
            new ProviderDefaults("", CredentialPlan.Header.XApiKey, Set.of(), List.of(), "");
    private static final ProviderDefaults SIMULATED =
            new ProviderDefaults(
                    "",
                    CredentialPlan.Header.Bearer,
                    EnumSet.allOf(WireFormat.class),
                    List.of("simulated-*"),
                    "");

    static ProviderDefaults of(UpstreamAccountSpec.Provider provider) {
        return switch (provider) {
            case Anthropic -> ANTHROPIC;
            case OpenAI -> OPENAI;
            case AzureOpenAI -> AZURE;
            case Google -> GOOGLE;
            case Qwen -> QWEN;
            case OpenAICompatible -> OPENAI_COMPATIBLE;
            case AnthropicCompatible -> ANTHROPIC_COMPATIBLE;
            case Simulated -> SIMULATED;
        };
    }

    /// The account's models, or the provider's patterns where it lists none.
    List<ModelMapping> mappings(List<UpstreamAccountSpec.Model> listed) {
        Stream<ModelMapping> mappings =
                listed.isEmpty()
                        ? models.stream().map(pattern -> mapping(pattern, ""))
                        : listed.stream().map(this::mapping);
        return mappings.toList();
    }

    private ModelMapping mapping(UpstreamAccountSpec.Model model) {
        return mapping(model.name(), model.upstream() == null ? "" : model.upstream());
    }

    private ModelMapping mapping(String pattern, String upstream) {
        boolean strips = !prefix.isEmpty() && pattern.equals(prefix + "*") && upstream.isEmpty();
        return new ModelMapping(pattern, upstream, strips ? prefix : "");
    }
}
