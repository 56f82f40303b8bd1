package dev.llmgateway.runtime.upstream.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// What the simulated provider reads of a request; the same for all formats.
///
/// @param id 24 hexadecimal digits of the body's hash, the root of every id of the reply
/// @param body the request as sent, for values a reply echoes
/// @param inputTokens a quarter of the prompt's bytes, at least 1
/// @param lastUserText text of the last user message; empty: none
/// @param toolResult text of the last tool result
/// @param tool the function to call, when one may be called
/// @param maxTokens the caller's output limit; `Integer.MAX_VALUE`: none
record Prompt(
        String id,
        String model,
        JsonNode body,
        int inputTokens,
        String lastUserText,
        Optional<String> toolResult,
        Optional<DeclaredTool> tool,
        int maxTokens) {

    static Prompt read(String model, byte[] bytes, JsonNode body) {
        return new Prompt(
                idOf(bytes),
                model,
                body,
                Math.max(1, (int) Math.min(PromptText.bytes(body) / 4, Integer.MAX_VALUE)),
                PromptText.lastUserText(body),
                PromptText.lastToolResult(body),
                DeclaredTool.toCall(body),
                maxTokens(body));
    }

    /// Whether a Chat or Completions stream shall end with a usage chunk.
    boolean includeUsage() {
        return body.path("stream_options").path("include_usage").asBoolean(false);
    }

    private static int maxTokens(JsonNode body) {
        for (String field :
                new String[] {"max_tokens", "max_completion_tokens", "max_output_tokens"}) {
            if (body.path(field).isIntegralNumber()) {
                return Math.max(1, body.path(field).asInt());
            }
        }
        return Integer.MAX_VALUE;
    }

    private static String idOf(byte[] bytes) {
        return HexFormat.of().formatHex(sha256(bytes), 0, 12);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("every Java platform has SHA-256", broken);
        }
    }

    static byte[] sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Prompts are never printed.
    @Override
    public String toString() {
        return "Prompt[" + id + "]";
    }
}
