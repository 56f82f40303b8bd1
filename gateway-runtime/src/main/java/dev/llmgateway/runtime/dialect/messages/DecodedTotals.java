package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.ServiceTier;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.StopReason;
import dev.llmgateway.runtime.model.Usage;

/// What a Messages reply has told of its end so far. Usage is cumulative: a figure told again takes
/// the place of the old one, and one left out stays (translation.md 4.2).
final class DecodedTotals {
    /// Larger figures are no tokens; the bound keeps every sum of them whole.
    private static final long MOST = 1L << 53;

    private long input;
    private long output;
    private long cacheRead;
    private long cacheWrite;
    private long reasoning;
    private ServiceTier tier = ServiceTier.Untold;
    private String reason = "";
    private Slice sequence = Slice.EMPTY;
    private Slice explanation = Slice.EMPTY;

    /// Reads the member the cursor stands on, if it tells of the end; else skips it.
    void read(JsonCursor json) {
        switch (json.key()) {
            case "stop_reason" -> {
                String told = json.text();
                reason = told.isEmpty() ? reason : told;
            }
            case "stop_sequence" -> sequence = json.string().copy();
            case "stop_details" -> details(json);
            case "usage" -> usage(json);
            default -> json.skip();
        }
    }

    private void details(JsonCursor json) {
        if (!json.object()) {
            return;
        }
        while (json.member()) {
            if (json.key().equals("explanation")) {
                explanation = json.string().copy();
            } else {
                json.skip();
            }
        }
    }

    /// @param usage an object; empty: not told
    void usage(JsonCursor json, Slice usage) {
        if (!usage.isEmpty()) {
            usage(json.over(usage));
        }
    }

    private void usage(JsonCursor json) {
        if (!json.object()) {
            return;
        }
        while (json.member()) {
            switch (json.key()) {
                case "input_tokens" -> input = count(json, input);
                case "output_tokens" -> output = count(json, output);
                case "cache_read_input_tokens" -> cacheRead = count(json, cacheRead);
                case "cache_creation_input_tokens" -> cacheWrite = count(json, cacheWrite);
                case "output_tokens_details" -> outputDetails(json);
                case "service_tier" -> tier = tier(json.string());
                default -> json.skip();
            }
        }
    }

    private void outputDetails(JsonCursor json) {
        if (!json.object()) {
            return;
        }
        while (json.member()) {
            if (json.key().equals("thinking_tokens")) {
                reasoning = count(json, reasoning);
            } else {
                json.skip();
            }
        }
    }

    private static long count(JsonCursor json, long old) {
        return Math.min(MOST, json.count(old));
    }

    private static ServiceTier tier(Slice told) {
        if (told.is("standard")) {
            return ServiceTier.Standard;
        } else if (told.is("priority")) {
            return ServiceTier.Priority;
        }
        return told.is("batch") ? ServiceTier.Batch : ServiceTier.Untold;
    }

    ServiceTier tier() {
        return tier;
    }

    Usage usage() {
        return new Usage(input, output, cacheRead, cacheWrite, reasoning);
    }

    /// Whether a stop reason was told.
    boolean stopped() {
        return !reason.isEmpty();
    }

    /// @param called a tool call was told
    ReplyEvent.Finish finish(boolean called) {
        StopReason meaning = meaning(called);
        Slice detail =
                switch (meaning) {
                    case StopSequence -> sequence;
                    case Refusal -> explanation;
                    case EndTurn, ToolUse, MaxTokens, ContextWindow, Pause, Compaction ->
                            Slice.EMPTY;
                };
        return new ReplyEvent.Finish(meaning, detail, usage());
    }

    /// Anthropic adds reasons over time: one we do not know is an ordinary end.
    private StopReason meaning(boolean called) {
        return switch (reason) {
            case "end_turn" -> StopReason.EndTurn;
            case "stop_sequence" -> StopReason.StopSequence;
            case "tool_use" -> StopReason.ToolUse;
            case "max_tokens" -> StopReason.MaxTokens;
            case "model_context_window_exceeded" -> StopReason.ContextWindow;
            case "refusal" -> StopReason.Refusal;
            case "pause_turn" -> StopReason.Pause;
            case "compaction" -> StopReason.Compaction;
            default -> called ? StopReason.ToolUse : StopReason.EndTurn;
        };
    }
}
