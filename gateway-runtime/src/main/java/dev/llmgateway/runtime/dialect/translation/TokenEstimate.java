package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.model.Arguments;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Media;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Tool;
import dev.llmgateway.runtime.model.Turn;
import java.util.List;

/// How many input tokens a request has, about: what clients are shown until an upstream tells, or
/// where none can. Never 0, which breaks context displays (translation.md 4.3).
public final class TokenEstimate {
    /// Bytes of text a token has, on average over English and code (translation.md 4.3).
    private static final int BYTES_PER_TOKEN = 4;

    /// Tokens of an image at the size that providers scale down to.
    private static final int IMAGE = 1_600;

    /// Bytes of a base64 document a token has: three quarters are the file's, and of a PDF about a
    /// twentieth is text.
    private static final int DOCUMENT_BYTES_PER_TOKEN = 100;

    /// Tokens that mark a turn or a tool.
    private static final int FRAME = 4;

    private TokenEstimate() {}

    public static long of(ChatRequest request) {
        long tokens = parts(request.system()) + FRAME;
        for (Turn turn : request.turns()) {
            tokens += FRAME + parts(turn.parts());
        }
        for (Tool tool : request.tools()) {
            tokens += FRAME + tool(tool);
        }
        return tokens;
    }

    private static long parts(List<? extends Part> parts) {
        long tokens = 0;
        for (Part part : parts) {
            tokens += part(part);
        }
        return tokens;
    }

    private static long part(Part part) {
        return switch (part) {
            case Part.Text(Slice text, _) -> text(text);
            case Part.Refusal(Slice text) -> text(text);
            case Part.Image _ -> IMAGE;
            case Part.Document(Media media, Slice title, Slice context, _, _) ->
                    media(media) + text(title) + text(context);
            case Part.Audio(Slice data, _) -> data.length() / DOCUMENT_BYTES_PER_TOKEN;
            case Part.Thinking(Slice text, _) -> text(text);
            case Part.RedactedThinking(Slice data) -> text(data);
            case Part.ToolCall(_, _, Arguments arguments, _) -> FRAME + arguments(arguments);
            case Part.ToolResult(_, List<Part> content, _, _) -> FRAME + parts(content);
            case Part.SearchResult(Slice title, Slice source, List<Part> content, _) ->
                    text(title) + text(source) + parts(content);
            case Part.ServerTool(_, Slice json) -> text(json);
            case Part.Other(_, Slice json) -> text(json);
        };
    }

    private static long media(Media media) {
        return switch (media) {
            case Media.Base64(_, Slice data) -> data.length() / DOCUMENT_BYTES_PER_TOKEN;
            case Media.Url _, Media.FileId _ -> IMAGE;
            case Media.PlainText(Slice text) -> text(text);
            case Media.Parts(List<Part> parts) -> parts(parts);
        };
    }

    private static long arguments(Arguments arguments) {
        return switch (arguments) {
            case Arguments.Value(Slice json) -> text(json);
            case Arguments.Quoted(Slice escaped) -> text(escaped);
            case Arguments.Text(Slice escaped) -> text(escaped);
        };
    }

    private static long tool(Tool tool) {
        return switch (tool) {
            case Tool.Function(_, Slice description, Slice schema, _, Slice examples, _) ->
                    text(description) + text(schema) + text(examples);
            case Tool.Custom(_, Slice description, Slice format) ->
                    text(description) + text(format);
            case Tool.WebSearch _ -> 0;
            case Tool.Typed(_, _, Slice json) -> text(json);
        };
    }

    private static long text(Slice text) {
        return text(text.length());
    }

    /// @param bytes of text
    static long text(long bytes) {
        return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }
}
