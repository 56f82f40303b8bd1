package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.messages.ThinkingPlan.Mode;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.SourceFields;
import dev.llmgateway.runtime.dialect.translation.Target;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Reasoning;
import dev.llmgateway.runtime.model.Role;
import dev.llmgateway.runtime.model.ToolChoice;
import java.util.List;
import java.util.Locale;

/// Decides how a model thinks, by what the client asked and what the model allows (translation.md
/// 2.4). Anthropic's own `thinking` in the request is taken as it is.
final class ThinkingChoice {
    /// Anthropic's least budget, tokens.
    private static final long LEAST_BUDGET = 1_024;

    private final ChatRequest request;
    private final Target target;
    private final Notes notes;
    private final long maxTokens;
    private final String effortField;
    private final String display;

    ThinkingChoice(ChatRequest request, Target target, Notes notes, long maxTokens) {
        this.request = request;
        this.target = target;
        this.notes = notes;
        this.maxTokens = maxTokens;
        this.effortField = SourceFields.of(request.source()).effort();
        this.display = request.reasoning().display();
    }

    ThinkingPlan plan(SystemPlacement placement) {
        ThinkingPlan wanted =
                switch (request.reasoning().thinking()) {
                    case Reasoning.Thinking.Unsaid _ -> byEffort();
                    case Reasoning.Thinking.Disabled _ -> disabled();
                    case Reasoning.Thinking.Enabled(long budget) -> asked(Mode.Manual, budget);
                    case Reasoning.Thinking.Adaptive _ -> asked(Mode.Adaptive, 0);
                    case Reasoning.Thinking.BetweenTools _ -> asked(Mode.BetweenTools, 0);
                };
        if (wanted.mode() != Mode.Manual) {
            return wanted;
        }
        if (isForced(request.toolChoice()) && !request.tools().isEmpty()) {
            notes.lost(field(), "no manual thinking with a forced tool");
            return wanted.without();
        }
        if (mustStartWithThought(placement)) {
            notes.lost(field(), "history has a call without signed thinking");
            return wanted.without();
        }
        return wanted;
    }

    private ThinkingPlan asked(Mode mode, long budget) {
        return new ThinkingPlan(mode, budget, display, level());
    }

    private ThinkingPlan byEffort() {
        String effort = request.reasoning().effort();
        if (effort.isEmpty()) {
            return ThinkingPlan.UNSAID;
        }
        return switch (target.entry().thinking()) {
            case "A", "AB" -> effort.equals("none") ? disabled() : adaptive();
            case "B" -> effort.equals("none") ? ThinkingPlan.UNSAID : manual(effort);
            default -> {
                if (!effort.equals("none")) {
                    notes.lost(effortField, "the model does not think");
                }
                yield ThinkingPlan.UNSAID;
            }
        };
    }

    private ThinkingPlan adaptive() {
        String level = level();
        return level.isEmpty()
                ? ThinkingPlan.UNSAID
                : new ThinkingPlan(
                        Mode.Adaptive, 0, display.isEmpty() ? "summarized" : display, level);
    }

    private ThinkingPlan manual(String effort) {
        long budget =
                switch (effort) {
                    case "minimal" -> 1_024;
                    case "low" -> 2_048;
                    case "medium" -> 8_192;
                    case "high" -> 16_384;
                    case "xhigh", "max" -> 32_768;
                    default -> 0;
                };
        if (budget == 0) {
            notes.lost(effortField, "unknown value");
            return ThinkingPlan.UNSAID;
        }
        if (maxTokens <= LEAST_BUDGET) {
            notes.lost(effortField, "max_tokens leaves no room to think");
            return ThinkingPlan.UNSAID;
        }
        return ThinkingPlan.manual(Math.min(budget, maxTokens - 1), display);
    }

    /// Some models always think: they are told to do it little. Others refuse to be told not to
    /// think and to try hard at once.
    private ThinkingPlan disabled() {
        String thinking = target.entry().thinking();
        if (thinking.equals("N") || thinking.equals("B")) {
            return new ThinkingPlan(Mode.Disabled, 0, "", "");
        }
        String model = target.model().toLowerCase(Locale.ROOT);
        if (model.contains("fable") || model.contains("mythos")) {
            notes.lost(field(), "the model always thinks, effort low instead");
            return new ThinkingPlan(Mode.Unsaid, 0, "", "low");
        }
        String level = level();
        if (level.equals("xhigh") || level.equals("max")) {
            notes.lost(effortField, "high is the most without thinking");
            level = "high";
        }
        return new ThinkingPlan(Mode.Disabled, 0, "", level);
    }

    /// The effort as the model knows it; empty: not told.
    private String level() {
        String asked = request.reasoning().effort();
        if (asked.isEmpty() || asked.equals("none")) {
            return "";
        }
        String thinking = target.entry().thinking();
        if (!thinking.startsWith("A")) {
            notes.lost(effortField, "thinking was set beside it");
            return "";
        }
        return switch (asked) {
            case "minimal" -> "low";
            case "low", "medium", "high", "max" -> asked;
            case "xhigh" -> {
                if (thinking.equals("A")) {
                    yield asked;
                }
                notes.lost(effortField, "high is the nearest this model knows");
                yield "high";
            }
            default -> {
                notes.lost(effortField, "unknown value");
                yield "";
            }
        };
    }

    private String field() {
        return request.reasoning().thinking() instanceof Reasoning.Thinking.Unsaid
                ? effortField
                : "thinking";
    }

    private static boolean isForced(ToolChoice choice) {
        return switch (choice) {
            case ToolChoice.Any _, ToolChoice.Named _ -> true;
            case ToolChoice.Allowed(_, boolean required) -> required;
            case ToolChoice.Unsaid _, ToolChoice.Auto _, ToolChoice.None _ -> false;
        };
    }

    /// The last assistant's turn, when it called tools or is to be gone on with, must start with a
    /// thought; does it not?
    private static boolean mustStartWithThought(SystemPlacement placement) {
        for (var message : placement.messages().reversed()) {
            if (message.role() == Role.Assistant) {
                List<Part> parts = message.turn().parts();
                boolean calls = parts.stream().anyMatch(part -> part instanceof Part.ToolCall);
                return (calls || placement.endsWithAssistant())
                        && parts.stream().noneMatch(Thoughts::isNative);
            }
        }
        return false;
    }
}
