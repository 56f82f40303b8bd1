package dev.llmgateway.runtime.dialect;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.json.BodyFacts;
import dev.llmgateway.runtime.dialect.json.TopKey;
import java.io.InputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Decides the format of a request: translation.md 1.1 and 1.2, the first rule that matches. Header
/// evidence beats body evidence.
public final class Detector {
    private Detector() {}

    /// @param query raw, without `?`
    /// @param body the whole body from its start; asked for only when `/messages` carries no header
    ///   of Anthropic's clients
    public static Detection detect(
            Route route,
            String query,
            HeaderLookup headers,
            BodyFacts facts,
            Supplier<InputStream> body) {
        return switch (route.operation()) {
            case ChatCompletions -> chat(facts);
            case Completions -> Detection.both(WireFormat.Completions);
            case Responses, ResponseById, ResponsesCompact, InputTokens ->
                    Detection.both(WireFormat.Responses);
            case CountTokens -> Detection.both(WireFormat.CountTokens);
            case Messages ->
                    Detection.both(
                            saysAnthropic(query, headers)
                                    ? WireFormat.Messages
                                    : byBody(facts, body));
            case Embeddings -> Detection.both(WireFormat.Embeddings);
            case Models, ModelById, Usage, Status, Root, Unknown ->
                    Detection.both(WireFormat.Models);
        };
    }

    /// Rules 1 and 2. Cursor-like clients send Responses bodies to the Chat path.
    private static Detection chat(BodyFacts facts) {
        return isResponses(facts)
                ? new Detection(WireFormat.Responses, WireFormat.ChatCompletions)
                : Detection.both(WireFormat.ChatCompletions);
    }

    /// Rule 5.
    private static boolean saysAnthropic(String query, HeaderLookup headers) {
        return headers.header("anthropic-version") != null
                || headers.header("anthropic-beta") != null
                || headers.header("x-api-key") != null
                || headers.header("x-claude-code-session-id") != null
                || isAnthropicClient(headers.header("user-agent"))
                || asksForBeta(query);
    }

    private static boolean isAnthropicClient(@Nullable String userAgent) {
        return userAgent != null
                && (userAgent.startsWith("Anthropic/") || userAgent.startsWith("claude-cli/"));
    }

    private static boolean asksForBeta(String query) {
        return !query.isEmpty() && ("&" + query + "&").contains("&beta=true&");
    }

    /// Rule 6. OpenAI-only top-level members need no look: they and the absence of any evidence
    /// both mean Chat (a Bearer key is OpenAI's way by contract).
    private static WireFormat byBody(BodyFacts facts, Supplier<InputStream> body) {
        if (isResponses(facts)) {
            return WireFormat.Responses;
        }
        BodyEvidence evidence = BodyEvidence.read(facts, body);
        if (evidence.openAi()) {
            return WireFormat.ChatCompletions;
        }
        return evidence.anthropic() || facts.keys().anthropic()
                ? WireFormat.Messages
                : WireFormat.ChatCompletions;
    }

    private static boolean isResponses(BodyFacts facts) {
        return facts.has(TopKey.INPUT) && !facts.has(TopKey.MESSAGES);
    }
}
