package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.ToolChoice;
import java.util.List;
import java.util.Map;

/// The member `tool_choice`, which upstreams take only together with `tools`.
final class ChoiceWriter {
    private static final String FIELD = "tool_choice";

    private ChoiceWriter() {}

    /// @param written types of the tools, by their names
    /// @throws Refusal when a call is demanded of a tool that had to be left out
    static void write(ToolChoice choice, Map<String, String> written, JsonBytes json) {
        switch (choice) {
            case ToolChoice.Unsaid _ -> {}
            case ToolChoice.Auto _ -> word("auto", written, json);
            case ToolChoice.None _ -> word("none", written, json);
            case ToolChoice.Any _ -> {
                demand(!written.isEmpty());
                word("required", written, json);
            }
            case ToolChoice.Named(String name) -> {
                demand(written.containsKey(name));
                named(name, written, json.name(FIELD));
            }
            case ToolChoice.Allowed(List<String> names, boolean required) ->
                    allowed(names, required, written, json);
        }
    }

    private static void demand(boolean there) {
        if (!there) {
            throw new Refusal(
                    FIELD,
                    FIELD
                            + " demands a tool that this upstream does not have; choose another"
                            + " tool or another model");
        }
    }

    private static void word(String word, Map<String, String> written, JsonBytes json) {
        if (!written.isEmpty()) {
            json.member(FIELD, word);
        }
    }

    private static void named(String name, Map<String, String> written, JsonBytes json) {
        String type = written.getOrDefault(name, "function");
        json.objectStart().member("type", type);
        if (!type.equals("web_search")) {
            json.member("name", name);
        }
        json.objectEnd();
    }

    private static void allowed(
            List<String> names, boolean required, Map<String, String> written, JsonBytes json) {
        List<String> there = names.stream().filter(written::containsKey).toList();
        if (there.isEmpty()) {
            demand(!required);
            word("none", written, json);
            return;
        }
        json.name(FIELD).objectStart().member("type", "allowed_tools");
        json.member("mode", required ? "required" : "auto").name("tools").arrayStart();
        there.forEach(name -> named(name, written, json));
        json.arrayEnd().objectEnd();
    }
}
