package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.OutputFormat;
import dev.llmgateway.runtime.model.Reasoning;

/// The form a reply is to have and how much is to be thought about it: OpenAI's `response_format`
/// and `reasoning_effort`, over which Anthropic's `output_config` and `thinking` win, since nobody
/// sends those by accident.
final class WishReader {
    private static final long UNSAID = -1;

    private final BodyReader body;
    private final JsonCursor json;
    private OutputFormat format = new OutputFormat.Text();
    private OutputFormat overriding = new OutputFormat.Text();
    private String effort = "";
    private String overridingEffort = "";
    private String thinking = "";
    private String display = "";
    private long budget = UNSAID;

    WishReader(BodyReader body) {
        this.body = body;
        this.json = body.json();
    }

    /// @return whether the member is one of these; its value was read then
    boolean member(String name) {
        FieldPath field = FieldPath.top(name);
        switch (name) {
            case "response_format" -> format = new FormatReader(body, field).read();
            case "reasoning_effort" -> effort = effort(field);
            case "thinking" -> thinking(field);
            case "output_config" -> outputConfig(field);
            default -> {
                return false;
            }
        }
        return true;
    }

    OutputFormat format() {
        return overriding instanceof OutputFormat.Text ? format : overriding;
    }

    Reasoning reasoning() {
        Reasoning.Thinking thought =
                switch (thinking) {
                    case "" -> new Reasoning.Thinking.Unsaid();
                    case "disabled" -> new Reasoning.Thinking.Disabled();
                    case "between_tools" -> new Reasoning.Thinking.BetweenTools();
                    // Compatible providers' `enabled` has no budget: the model decides.
                    case "enabled" ->
                            budget == UNSAID
                                    ? new Reasoning.Thinking.Adaptive()
                                    : new Reasoning.Thinking.Enabled(budget);
                    default -> new Reasoning.Thinking.Adaptive();
                };
        return new Reasoning(
                thought, overridingEffort.isEmpty() ? effort : overridingEffort, display);
    }

    private String effort(FieldPath field) {
        String effort = body.text(field);
        return switch (effort) {
            case "", "none", "minimal", "low", "medium", "high", "xhigh", "max" -> effort;
            default ->
                    throw BodyReader.refusal(
                            field, "must be none, minimal, low, medium, high, xhigh or max");
        };
    }

    private void thinking(FieldPath field) {
        if (!body.object(field)) {
            return;
        }
        while (json.member()) {
            switch (json.key()) {
                case "type" -> thinking = thinkingType(field.member("type"));
                case "budget_tokens" -> budget = json.count(UNSAID);
                case "display" -> display = body.text(field.member("display"));
                default -> body.unknown(field);
            }
        }
    }

    private String thinkingType(FieldPath field) {
        String type = body.text(field);
        return switch (type) {
            case "enabled", "disabled", "adaptive", "between_tools", "auto" -> type;
            default ->
                    throw BodyReader.refusal(
                            field, "must be enabled, disabled, adaptive or between_tools");
        };
    }

    private void outputConfig(FieldPath field) {
        if (!body.object(field)) {
            return;
        }
        while (json.member()) {
            switch (json.key()) {
                case "effort" -> overridingEffort = effort(field.member("effort"));
                case "format" -> overriding = new FormatReader(body, field.member("format")).read();
                default -> body.unknown(field);
            }
        }
    }
}
