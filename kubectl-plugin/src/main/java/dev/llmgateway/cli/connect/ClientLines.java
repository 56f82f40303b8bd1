package dev.llmgateway.cli.connect;

import java.util.Optional;

/// What to export or to write for a client. Pure.
final class ClientLines {
    private static final String UNKNOWN = "$LLM_GATEWAY_KEY";
    private static final String EXAMPLE = "claude-sonnet-4-5";

    private ClientLines() {}

    /// @param base URL of the gateway without a path
    /// @param key empty: the person has it
    static String of(Client client, String base, Optional<String> key, String model) {
        String quoted = key.map(text -> "'" + text + "'").orElse("\"" + UNKNOWN + "\"");
        return switch (client) {
            case ClaudeCode ->
                    """
                    export ANTHROPIC_BASE_URL=%s
                    export ANTHROPIC_AUTH_TOKEN=%s
                    """
                            .formatted(base, quoted);
            case Anthropic ->
                    """
                    export ANTHROPIC_BASE_URL=%s
                    export ANTHROPIC_API_KEY=%s
                    """
                            .formatted(base, quoted);
            case OpenAI ->
                    """
                    export OPENAI_BASE_URL=%s/v1
                    export OPENAI_API_KEY=%s
                    """
                            .formatted(base, quoted);
            case Codex -> codex(base, quoted);
            case Curl -> curl(base, key, model.isEmpty() ? EXAMPLE : model);
        };
    }

    private static String codex(String base, String key) {
        return """
        # ~/.codex/config.toml
        model_provider = "llm-gateway"
        [model_providers.llm-gateway]
        name = "llm-gateway"
        base_url = "%s/v1"
        env_key = "LLM_GATEWAY_KEY"
        wire_api = "responses"
        # in the shell: export LLM_GATEWAY_KEY=%s
        """
                .formatted(base, key);
    }

    private static String curl(String base, Optional<String> key, String model) {
        String quote = key.isPresent() ? "'" : "\"";
        String credential = quote + "Authorization: Bearer " + key.orElse(UNKNOWN) + quote;
        return """
        curl %s/v1/chat/completions -H %s -H 'Content-Type: application/json' \\
          -d '{"model":"%s","messages":[{"role":"user","content":"Hello"}]}'
        """
                .formatted(base, credential, model);
    }
}
