package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.model.Extra;
import dev.llmgateway.runtime.model.OutputFormat;
import dev.llmgateway.runtime.model.Reasoning;
import dev.llmgateway.runtime.model.Slice;
import java.util.List;
import java.util.Set;

/// `thinking` and `output_config`: how much is thought, and what the reply looks like.
final class OutputReader {
    private static final Set<String> EFFORTS =
            Set.of("none", "minimal", "low", "medium", "high", "xhigh", "max");
    private static final Set<String> DISPLAYS = Set.of("summarized", "omitted");

    private final Reading reading;
    private final Reasoning reasoning;
    private OutputFormat format = new OutputFormat.Text();
    private List<Extra> extras = List.of();

    OutputReader(Reading reading, Members request) {
        this.reading = reading;
        String effort = config(request);
        this.reasoning = reasoning(request, effort);
    }

    Reasoning reasoning() {
        return reasoning;
    }

    OutputFormat format() {
        return format;
    }

    /// Members of `output_config` that the hub has no place for.
    List<Extra> extras() {
        return extras;
    }

    private String config(Members request) {
        int here = reading.path().into("output_config");
        Members config = request.object("output_config");
        String effort = known(config, "effort", EFFORTS);
        Slice budget = config.value("task_budget");
        if (!budget.isEmpty()) {
            extras = List.of(new Extra("output_config.task_budget", budget));
        }
        format = format(config);
        config.noteRest();
        reading.path().back(here);
        return effort;
    }

    /// A value that is not known is as good as none, but named.
    private String known(Members holder, String name, Set<String> values) {
        String value = holder.text(name);
        if (value.isEmpty() || values.contains(value)) {
            return value;
        }
        reading.lost(name, "no value the gateway knows");
        return "";
    }

    /// Anthropic always keeps to the schema, as others do only when they are told to be strict.
    private OutputFormat format(Members config) {
        int here = reading.path().into("format");
        Members said = config.object("format");
        OutputFormat read = new OutputFormat.Text();
        if (!said.isEmpty()) {
            if (!said.needed("type").equals("json_schema")) {
                throw reading.path().refusal("type", "must be json_schema");
            }
            Slice schema = said.value("schema");
            if (schema.isEmpty()) {
                throw reading.path().refusal("schema", "must be there");
            }
            read = new OutputFormat.JsonSchema("", Slice.EMPTY, schema, true);
        }
        said.noteRest();
        reading.path().back(here);
        return read;
    }

    private Reasoning reasoning(Members request, String effort) {
        int here = reading.path().into("thinking");
        Members said = request.object("thinking");
        Reasoning.Thinking thinking =
                said.isEmpty() ? new Reasoning.Thinking.Unsaid() : thinking(said);
        Reasoning read = new Reasoning(thinking, effort, known(said, "display", DISPLAYS));
        said.noteRest();
        reading.path().back(here);
        return read;
    }

    private Reasoning.Thinking thinking(Members said) {
        return switch (said.needed("type")) {
            case "enabled" -> {
                long budget = said.count("budget_tokens", -1);
                if (budget < 0) {
                    throw reading.path().refusal("budget_tokens", "must be there");
                }
                yield new Reasoning.Thinking.Enabled(budget);
            }
            case "disabled" -> new Reasoning.Thinking.Disabled();
            case "adaptive" -> new Reasoning.Thinking.Adaptive();
            case "between_tools" -> new Reasoning.Thinking.BetweenTools();
            default -> {
                reading.lost("type", "no value the gateway knows");
                yield new Reasoning.Thinking.Unsaid();
            }
        };
    }
}
