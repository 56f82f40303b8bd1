package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonBytes;

/// How an upstream is told to think.
///
/// @param budget tokens, for [Mode#Manual]
/// @param display `summarized` or `omitted`; empty: not said
/// @param effort of `output_config`; empty: not said
record ThinkingPlan(Mode mode, long budget, String display, String effort) {
    enum Mode {
        Unsaid,
        Disabled,
        Adaptive,
        Manual,
        BetweenTools
    }

    static final ThinkingPlan UNSAID = new ThinkingPlan(Mode.Unsaid, 0, "", "");

    static ThinkingPlan manual(long budget, String display) {
        return new ThinkingPlan(Mode.Manual, budget, display, "");
    }

    ThinkingPlan without() {
        return new ThinkingPlan(Mode.Unsaid, 0, "", effort);
    }

    boolean on() {
        return switch (mode) {
            case Adaptive, Manual, BetweenTools -> true;
            case Unsaid, Disabled -> false;
        };
    }

    void write(JsonBytes out) {
        if (mode == Mode.Unsaid) {
            return;
        }
        out.name("thinking").objectStart().member("type", type());
        if (mode == Mode.Manual) {
            out.member("budget_tokens", budget);
        }
        if (!display.isEmpty() && on()) {
            out.member("display", display);
        }
        out.objectEnd();
    }

    private String type() {
        return switch (mode) {
            case Unsaid, Disabled -> "disabled";
            case Adaptive -> "adaptive";
            case Manual -> "enabled";
            case BetweenTools -> "between_tools";
        };
    }
}
