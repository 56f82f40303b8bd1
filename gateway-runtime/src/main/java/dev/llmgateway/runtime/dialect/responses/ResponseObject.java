package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.ReplyContext;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.ServiceTier;
import dev.llmgateway.runtime.model.StopReason;
import dev.llmgateway.runtime.model.Usage;

/// The `response` object, as it begins and as it ends (translation.md 4.5).
final class ResponseObject {
    private final AskedResponse asked;
    private final ReplyContext context;
    private ReplyEvent.Start start = ReplyEvent.Start.UNTOLD;
    private boolean begun;

    ResponseObject(AskedResponse asked, ReplyContext context) {
        this.asked = asked;
        this.context = context;
    }

    void start(ReplyEvent.Start told) {
        start = told;
        begun = true;
    }

    /// Empty: it has not begun.
    String id() {
        return begun ? "resp_" + start.id() : "";
    }

    void inProgress(JsonBytes out) {
        head("in_progress", "", out);
        out.name("output").arrayStart().arrayEnd().name("usage").nullValue();
        tail(out);
    }

    /// @param reason of being incomplete; empty: it is complete
    void whole(String reason, OutputItems items, Usage usage, JsonBytes out) {
        head(reason.isEmpty() ? "completed" : "incomplete", reason, out);
        items.write(out.name("output"));
        usage(usage, out.name("usage"));
        tail(out);
    }

    private void head(String status, String reason, JsonBytes out) {
        String model = context.model().isEmpty() ? start.model() : context.model();
        out.objectStart().member("id", id()).member("object", "response");
        out.member("created_at", context.createdSeconds()).member("status", status);
        out.member("background", false).name("error").nullValue().name("incomplete_details");
        if (reason.isEmpty()) {
            out.nullValue();
        } else {
            out.objectStart().member("reason", reason).objectEnd();
        }
        out.member("model", model).name("previous_response_id").nullValue().member("store", false);
        tier(start.tier(), out);
    }

    private static void tier(ServiceTier tier, JsonBytes out) {
        switch (tier) {
            case Untold -> {}
            case Standard, Batch -> out.member("service_tier", "default");
            case Priority -> out.member("service_tier", "priority");
        }
    }

    private void tail(JsonBytes out) {
        out.raw(asked.echo()).name("access_programs").nullValue().objectEnd();
    }

    /// Empty: the reply is complete.
    static String incomplete(StopReason reason, boolean explained) {
        return switch (reason) {
            case EndTurn, StopSequence, ToolUse, Pause, Compaction -> "";
            case MaxTokens, ContextWindow -> "max_output_tokens";
            case Refusal -> explained ? "" : "content_filter";
        };
    }

    /// What Anthropic counts apart is part of the input here; clients need each detail.
    private static void usage(Usage usage, JsonBytes out) {
        long input = usage.input() + usage.cacheRead() + usage.cacheWrite();
        out.objectStart().member("input_tokens", input).name("input_tokens_details").objectStart();
        out.member("cached_tokens", usage.cacheRead());
        out.member("cache_write_tokens", usage.cacheWrite()).objectEnd();
        out.member("output_tokens", usage.output()).name("output_tokens_details").objectStart();
        out.member("reasoning_tokens", usage.reasoning()).objectEnd();
        out.member("total_tokens", input + usage.output()).objectEnd();
    }
}
