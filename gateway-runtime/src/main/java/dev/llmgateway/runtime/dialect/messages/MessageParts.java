package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonText;
import dev.llmgateway.runtime.dialect.translation.ReplyContext;
import dev.llmgateway.runtime.model.ServiceTier;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.StopReason;
import dev.llmgateway.runtime.model.Usage;

/// What a stream and a document write the same way (translation.md 3 and 4.3). Members without a
/// value are there as `null`, since the SDKs' types have them.
final class MessageParts {
    /// Marks thoughts that no Anthropic model signed (translation.md 3.4): never empty, which
    /// Anthropic refuses, and known again when it comes back.
    private static final String UNSIGNED = "gwC1.";

    private MessageParts() {}

    /// The members up to `content`, whose list follows.
    static void head(String id, String model, JsonBytes out) {
        out.ascii("{\"id\":\"msg_").raw(JsonText.escapedBytes(id));
        out.ascii("\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"");
        out.raw(JsonText.escapedBytes(model)).ascii("\",\"content\":");
    }

    /// The members behind `content`.
    ///
    /// @param detail see `ReplyEvent.Finish`
    static void tail(StopReason reason, Slice detail, JsonBytes out) {
        out.ascii(",\"container\":null,\"diagnostics\":null,\"stop_details\":");
        stopDetails(reason, detail, out);
        out.ascii(",\"stop_reason\":\"").ascii(name(reason)).ascii("\",\"stop_sequence\":");
        stopSequence(reason, detail, out);
    }

    static void stopSequence(StopReason reason, Slice detail, JsonBytes out) {
        nullable(reason == StopReason.StopSequence ? detail : Slice.EMPTY, out);
    }

    static void stopDetails(StopReason reason, Slice detail, JsonBytes out) {
        if (reason != StopReason.Refusal) {
            out.ascii("null");
            return;
        }
        out.ascii("{\"type\":\"refusal\",\"category\":null,\"explanation\":");
        nullable(detail, out);
        out.ascii("}");
    }

    private static void nullable(Slice text, JsonBytes out) {
        if (text.isEmpty()) {
            out.ascii("null");
        } else {
            out.ascii("\"").raw(text).ascii("\"");
        }
    }

    static String name(StopReason reason) {
        return switch (reason) {
            case EndTurn -> "end_turn";
            case StopSequence -> "stop_sequence";
            case ToolUse -> "tool_use";
            case MaxTokens -> "max_tokens";
            case ContextWindow -> "model_context_window_exceeded";
            case Refusal -> "refusal";
            case Pause -> "pause_turn";
            case Compaction -> "compaction";
        };
    }

    /// The estimate stands in as long as the upstream told nothing of the input: clients show how
    /// full the context is.
    private static long input(Usage usage, ReplyContext context) {
        boolean told = usage.input() > 0 || usage.cacheRead() > 0 || usage.cacheWrite() > 0;
        return told ? usage.input() : context.inputEstimate();
    }

    static void inputCounts(Usage usage, ReplyContext context, JsonBytes out) {
        out.ascii("\"input_tokens\":").number(input(usage, context));
        out.ascii(",\"cache_creation_input_tokens\":").number(usage.cacheWrite());
        out.ascii(",\"cache_read_input_tokens\":").number(usage.cacheRead());
    }

    /// The last members of `usage`; most of them other formats do not tell.
    static void served(ServiceTier tier, JsonBytes out) {
        out.ascii(",\"server_tool_use\":null,\"service_tier\":").ascii(name(tier));
        out.ascii(",\"inference_geo\":null,\"speed\":null");
    }

    private static String name(ServiceTier tier) {
        return switch (tier) {
            case Untold -> "null";
            case Standard -> "\"standard\"";
            case Priority -> "\"priority\"";
            case Batch -> "\"batch\"";
        };
    }

    static void outputDetails(Usage usage, JsonBytes out) {
        out.ascii("{\"thinking_tokens\":").number(usage.reasoning()).ascii("}");
    }

    /// @param hash of the thought's escaped text
    static void unsigned(long hash, JsonBytes out) {
        out.ascii(UNSIGNED);
        for (int shift = 28; shift >= 0; shift -= 4) {
            out.raw((byte) Character.forDigit((int) (hash >>> shift) & 0xF, 16));
        }
    }
}
