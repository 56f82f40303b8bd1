package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.FreeText;
import dev.llmgateway.runtime.model.Arguments;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;

/// An element of `tool_calls`.
final class ToolCallWriter {
    private ToolCallWriter() {}

    static void write(Part.ToolCall call, RequestOutput to) {
        JsonBytes json = to.json().objectStart().member("id", call.id());
        switch (call.arguments()) {
            case Arguments.Value(Slice value) -> {
                function(call.name(), json);
                to.quote("arguments");
                to.compacted(value);
                to.endQuote();
            }
            case Arguments.Quoted(Slice escaped) -> {
                function(call.name(), json);
                json.member("arguments", escaped);
            }
            case Arguments.Text(Slice escaped) when !ToolsWriter.takesCustom(to.target()) -> {
                function(call.name(), json);
                to.quote("arguments");
                FreeText.arguments(escaped, json);
                to.endQuote();
            }
            case Arguments.Text(Slice escaped) -> {
                json.member("type", "custom").name("custom").objectStart();
                json.member("name", call.name()).member("input", escaped);
            }
        }
        json.objectEnd().objectEnd();
    }

    private static void function(String name, JsonBytes json) {
        json.member("type", "function").name("function").objectStart().member("name", name);
    }
}
