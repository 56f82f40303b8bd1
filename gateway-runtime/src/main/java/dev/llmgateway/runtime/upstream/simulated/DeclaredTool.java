package dev.llmgateway.runtime.upstream.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A function the request declares: Chat (`function.parameters`), Responses (`parameters`) or
/// Messages (`input_schema`). Server-side tools are not callable by us and are skipped.
///
/// @param schema JSON schema of the arguments; missing when none is declared
record DeclaredTool(String name, JsonNode schema) {
    /// The tool that `tool_choice` names, else the first one; empty when there is none or none is
    /// wanted.
    static Optional<DeclaredTool> toCall(JsonNode body) {
        JsonNode choice = body.path("tool_choice");
        if (choice.asText().equals("none") || choice.path("type").asText().equals("none")) {
            return Optional.empty();
        }
        List<DeclaredTool> tools = all(body.path("tools"));
        String named = choice.path("name").asText(choice.path("function").path("name").asText(""));
        return tools.stream()
                .filter(tool -> tool.name.equals(named))
                .findFirst()
                .or(() -> tools.stream().findFirst());
    }

    private static List<DeclaredTool> all(JsonNode tools) {
        List<DeclaredTool> functions = new ArrayList<>();
        for (JsonNode tool : tools) {
            JsonNode function = tool.path("function").isObject() ? tool.path("function") : tool;
            String type = tool.path("type").asText("custom");
            boolean callable =
                    type.equals("function") || tool.has("input_schema") || tool.has("function");
            if (callable && function.path("name").isTextual()) {
                functions.add(
                        new DeclaredTool(function.path("name").textValue(), schema(function)));
            }
        }
        return functions;
    }

    private static JsonNode schema(JsonNode function) {
        return function.has("input_schema")
                ? function.path("input_schema")
                : function.path("parameters");
    }
}
