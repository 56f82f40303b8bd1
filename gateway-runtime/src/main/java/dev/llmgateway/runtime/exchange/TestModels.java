package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.ModelMapping;
import java.util.Optional;

/// Which model a test call asks an account for. Pure.
final class TestModels {
    private TestModels() {}

    /// The name as it is sent upstream; empty: the account lists none, and the provider has no
    /// usual one.
    ///
    /// @param wanted as a client would ask for it; empty: any
    static Optional<String> of(AccountPlan account, String wanted) {
        if (!wanted.isEmpty()) {
            return Optional.of(upstream(account, wanted));
        }
        if (!account.health().probeModel().isEmpty()) {
            return Optional.of(account.health().probeModel());
        }
        Optional<String> listed =
                account.models().stream()
                        .filter(mapping -> !mapping.pattern().endsWith("*"))
                        .map(mapping -> upstream(account, mapping.pattern()))
                        .findFirst();
        return listed.or(() -> usual(account));
    }

    private static String upstream(AccountPlan account, String name) {
        for (ModelMapping mapping : account.models()) {
            if (mapping.pattern().equals(name) && !mapping.upstream().isEmpty()) {
                return mapping.upstream();
            }
        }
        return name;
    }

    /// Small and cheap ones.
    private static Optional<String> usual(AccountPlan account) {
        return switch (account.provider()) {
            case Anthropic -> Optional.of("claude-haiku-4-5");
            case OpenAI -> Optional.of("gpt-5-nano");
            case Google -> Optional.of("gemini-2.5-flash-lite");
            case Qwen -> Optional.of("qwen-turbo");
            case Simulated -> Optional.of("simulated-echo");
            case AzureOpenAI, OpenAICompatible, AnthropicCompatible -> Optional.empty();
        };
    }
}
