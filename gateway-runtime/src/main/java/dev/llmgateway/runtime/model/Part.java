package dev.llmgateway.runtime.model;

import java.util.List;

/// One piece of a turn. Texts stay escaped as on the wire; ids and names are decoded.
public sealed interface Part {
    record Text(Slice text, CacheMark cache) implements Part {}

    /// What an assistant said when it declined (OpenAI).
    record Refusal(Slice text) implements Part {}

    record Image(Media media, CacheMark cache) implements Part {}

    /// @param title escaped; empty: none
    /// @param context escaped; empty: none
    /// @param citations the client asked for citations
    record Document(Media media, Slice title, Slice context, boolean citations, CacheMark cache)
            implements Part {}

    /// @param format `wav`, `mp3`, …
    record Audio(Slice data, String format) implements Part {}

    /// @param signature empty: unsigned, which Anthropic does not take back
    record Thinking(Slice text, Slice signature) implements Part {}

    record RedactedThinking(Slice data) implements Part {}

    /// [Arguments.Text] makes it a call of a custom tool.
    record ToolCall(String id, String name, Arguments arguments, CacheMark cache) implements Part {}

    /// @param content texts, images, documents, search results; empty: the tool said nothing
    record ToolResult(String id, List<Part> content, boolean error, CacheMark cache)
            implements Part {
        public ToolResult {
            content = List.copyOf(content);
        }
    }

    /// @param content texts
    record SearchResult(Slice title, Slice source, List<Part> content, CacheMark cache)
            implements Part {
        public SearchResult {
            content = List.copyOf(content);
        }
    }

    /// A call or a result of a tool that the provider runs, such as `server_tool_use` and
    /// `web_search_tool_result`; the whole block.
    record ServerTool(String type, Slice json) implements Part {}

    /// A part that no other format has; the whole block.
    record Other(String type, Slice json) implements Part {}
}
