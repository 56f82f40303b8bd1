package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Part;
import java.util.ArrayList;
import java.util.List;

/// A message's cache mark, which belongs to its last part that can bear one.
final class CacheMarks {
    private CacheMarks() {}

    static List<Part> onLast(List<Part> parts, CacheMark mark) {
        if (mark == CacheMark.None) {
            return parts;
        }
        List<Part> marked = new ArrayList<>(parts);
        for (int i = marked.size() - 1; i >= 0; i--) {
            if (bearsOne(marked.get(i))) {
                marked.set(i, marked(marked.get(i), mark));
                return marked;
            }
        }
        return parts;
    }

    private static boolean bearsOne(Part part) {
        return switch (part) {
            case Part.Text _,
                    Part.Image _,
                    Part.Document _,
                    Part.ToolCall _,
                    Part.ToolResult _,
                    Part.SearchResult _ ->
                    true;
            case Part.Refusal _,
                    Part.Audio _,
                    Part.Thinking _,
                    Part.RedactedThinking _,
                    Part.ServerTool _,
                    Part.Other _ ->
                    false;
        };
    }

    private static Part marked(Part part, CacheMark mark) {
        return switch (part) {
            case Part.Text(var text, _) -> new Part.Text(text, mark);
            case Part.Image(var media, _) -> new Part.Image(media, mark);
            case Part.Document(var media, var title, var context, var citations, _) ->
                    new Part.Document(media, title, context, citations, mark);
            case Part.ToolCall(var id, var name, var arguments, _) ->
                    new Part.ToolCall(id, name, arguments, mark);
            case Part.ToolResult(var id, var content, var error, _) ->
                    new Part.ToolResult(id, content, error, mark);
            case Part.SearchResult(var title, var source, var content, _) ->
                    new Part.SearchResult(title, source, content, mark);
            case Part.Refusal _,
                    Part.Audio _,
                    Part.Thinking _,
                    Part.RedactedThinking _,
                    Part.ServerTool _,
                    Part.Other _ ->
                    part;
        };
    }
}
