package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.model.NamePattern;
import dev.llmgateway.runtime.model.Reasoning;
import java.util.List;
import java.util.Locale;

/// What `reasoning_effort` a model is asked for (translation.md 2.4).
public final class ReasoningEffort {
    private static final List<String> ORDER =
            List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");

    /// Values that models take, by their vendors' guides; the first row that matches counts, and a
    /// model nobody knows takes all.
    private static final List<Row> ROWS =
            List.of(
                    new Row(List.of("gpt-3*", "gpt-4*", "chatgpt-*", "gpt-5-chat*"), List.of()),
                    new Row(List.of("o1-mini*", "o1-preview*"), List.of()),
                    new Row(List.of("gemini-1*", "gemini-2.0*"), List.of()),
                    new Row(List.of("gpt-5-pro*"), List.of("high")),
                    new Row(List.of("gpt-5.1-codex-max*"), between("low", "xhigh")),
                    new Row(List.of("gpt-5.1*"), List.of("none", "low", "medium", "high")),
                    new Row(
                            List.of("gpt-5.2*", "gpt-5.3*", "gpt-5.4*", "gpt-5.5*"),
                            List.of("none", "low", "medium", "high", "xhigh")),
                    new Row(
                            List.of("o1*", "o3*", "o4*", "gpt-oss*", "gpt-5-codex*"),
                            between("low", "high")),
                    new Row(List.of("gpt-5", "gpt-5-*", "gemini-*"), between("minimal", "high")));

    private record Row(List<String> names, List<String> efforts) {}

    private ReasoningEffort() {}

    /// What the request asks for, in OpenAI's words; empty: nothing.
    public static String asked(Reasoning reasoning) {
        if (!reasoning.effort().isEmpty()) {
            return reasoning.effort();
        }
        return switch (reasoning.thinking()) {
            case Reasoning.Thinking.Disabled _ -> "none";
            case Reasoning.Thinking.Enabled(long budget) -> ofBudget(budget);
            case Reasoning.Thinking.Unsaid _,
                    Reasoning.Thinking.Adaptive _,
                    Reasoning.Thinking.BetweenTools _ ->
                    "";
        };
    }

    /// @param budget tokens of thinking
    private static String ofBudget(long budget) {
        if (budget < 4_096) {
            return "low";
        }
        if (budget < 12_288) {
            return "medium";
        }
        return budget < 24_576 ? "high" : "xhigh";
    }

    /// The same effort, or else the next lower one that the model takes, or else its lowest; empty:
    /// the model takes none at all. A word nobody knows is left to the upstream.
    public static String taken(String asked, String model) {
        List<String> efforts = effortsOf(model);
        int wanted = ORDER.indexOf(asked);
        if (efforts.isEmpty() || wanted < 0) {
            return efforts.isEmpty() ? "" : asked;
        }
        String best = efforts.getFirst();
        for (String effort : efforts) {
            best = ORDER.indexOf(effort) <= wanted ? effort : best;
        }
        return best;
    }

    /// Whether a model thinks before it answers, as far as is known.
    public static boolean thinks(String model) {
        return !effortsOf(model).isEmpty();
    }

    private static List<String> effortsOf(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        for (Row row : ROWS) {
            if (NamePattern.matchesAny(row.names, name)) {
                return row.efforts;
            }
        }
        return ORDER;
    }

    private static List<String> between(String least, String most) {
        return ORDER.subList(ORDER.indexOf(least), ORDER.indexOf(most) + 1);
    }
}
