package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.ServiceTier;
import dev.llmgateway.runtime.model.StopReason;
import dev.llmgateway.runtime.model.Usage;

/// What replies of OpenAI's Chat and of its legacy Completions have in common (translation.md 3.1
/// to 3.3).
public final class ChatTerms {
    private ChatTerms() {}

    /// The members every document and chunk begins with, without the bracket before them.
    ///
    /// @param prefix of the id, such as `chatcmpl-`
    /// @param object its kind, such as `chat.completion.chunk`
    public static void head(
            String prefix,
            String object,
            ReplyEvent.Start start,
            ReplyContext context,
            JsonBytes out) {
        String model = context.model().isEmpty() ? start.model() : context.model();
        out.member("id", prefix + start.id())
                .member("object", object)
                .member("created", context.createdSeconds())
                .member("model", model);
        if (!object.equals("text_completion")) {
            tier(start.tier(), out);
        }
    }

    /// The legacy completions have no such member.
    private static void tier(ServiceTier tier, JsonBytes out) {
        switch (tier) {
            case Untold -> {}
            case Standard, Batch -> out.member("service_tier", "default");
            case Priority -> out.member("service_tier", "priority");
        }
    }

    /// @param called a tool was called; clients go on with calls only when the reason says so, and
    ///   some upstreams do not say it
    public static String finishReason(StopReason reason, boolean called) {
        return switch (reason) {
            case EndTurn -> called ? "tool_calls" : "stop";
            case StopSequence, Pause, Compaction -> "stop";
            case ToolUse -> "tool_calls";
            case MaxTokens, ContextWindow -> "length";
            case Refusal -> "content_filter";
        };
    }

    /// Names what the reason says beyond the client's word for it.
    public static void reasonLost(StopReason reason, ReplyLosses losses) {
        if (reason == StopReason.Pause) {
            losses.lost("finish_reason", "pause_turn is told as stop, the turn may be continued");
        }
    }

    /// The usage object: what Anthropic counts apart is part of the prompt here.
    public static void usage(Usage usage, JsonBytes out) {
        long prompt = usage.input() + usage.cacheRead() + usage.cacheWrite();
        out.objectStart()
                .member("prompt_tokens", prompt)
                .member("completion_tokens", usage.output())
                .member("total_tokens", prompt + usage.output());
        out.name("prompt_tokens_details")
                .objectStart()
                .member("cached_tokens", usage.cacheRead())
                .member("cache_write_tokens", usage.cacheWrite())
                .objectEnd();
        out.name("completion_tokens_details")
                .objectStart()
                .member("reasoning_tokens", usage.reasoning())
                .objectEnd()
                .objectEnd();
    }
}
