package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.dialect.translation.FieldName;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import java.util.List;

/// What a provider's tool was asked and what it found, as a line of text: `[web_search "query":
/// title - url; title - url]`. Encrypted content means nothing elsewhere.
///
/// @param id that a call and its result share, escaped
/// @param answers the call it belongs to; empty: it is none's result
/// @param name of the tool
/// @param input JSON; empty: none
/// @param content JSON; empty: none
public record ServerToolNote(Slice id, Slice answers, Slice name, Slice input, Slice content) {
    /// Members of a result that people can read, in the order they are shown.
    private static final List<String> READABLE =
            List.of("title", "url", "text", "stdout", "stderr", "error_code");

    /// Adds a call together with its result to the string that is being written; the result alone
    /// adds nothing then.
    ///
    /// @param turn all parts of the turn it stands in
    public static void write(Part.ServerTool tool, List<Part> turn, RequestOutput to) {
        ServerToolNote block = of(tool);
        if (block.answers.isEmpty()) {
            block.write(tool.type(), resultOf(block, turn), to);
        } else if (!isCalled(block, turn)) {
            block.write(tool.type(), block.content, to);
        }
    }

    private static ServerToolNote of(Part.ServerTool tool) {
        Slice id = Slice.EMPTY;
        Slice answers = Slice.EMPTY;
        Slice name = Slice.EMPTY;
        Slice input = Slice.EMPTY;
        Slice content = Slice.EMPTY;
        JsonCursor json = JsonCursor.of(tool.json());
        if (json.object()) {
            while (json.member()) {
                switch (json.key()) {
                    case "id" -> id = json.string();
                    case "tool_use_id" -> answers = json.string();
                    case "name" -> name = json.string();
                    case "input" -> input = json.value();
                    case "content" -> content = json.value();
                    default -> json.skip();
                }
            }
        }
        return new ServerToolNote(id, answers, name, input, content);
    }

    private static Slice resultOf(ServerToolNote call, List<Part> turn) {
        for (Part part : turn) {
            if (part instanceof Part.ServerTool tool) {
                ServerToolNote other = of(tool);
                if (!other.answers.isEmpty() && other.answers.equals(call.id)) {
                    return other.content;
                }
            }
        }
        return call.content;
    }

    private static boolean isCalled(ServerToolNote result, List<Part> turn) {
        for (Part part : turn) {
            if (part instanceof Part.ServerTool tool && of(tool).id.equals(result.answers)) {
                return true;
            }
        }
        return false;
    }

    private void write(String type, Slice result, RequestOutput to) {
        JsonBytes json = to.json().ascii("[");
        if (name.isEmpty()) {
            json.ascii(FieldName.of(type));
        } else {
            json.raw(name);
        }
        question(to);
        if (!result.isEmpty()) {
            int before = json.length();
            json.ascii(": ");
            int start = json.length();
            findings(JsonCursor.of(result), start, json);
            if (json.length() == start) {
                json.cut(before);
            }
        }
        json.ascii("]");
    }

    private void question(RequestOutput to) {
        if (input.isEmpty()) {
            return;
        }
        Slice query = JsonMembers.string(JsonCursor.of(input), "query");
        if (!query.isEmpty()) {
            to.json().ascii(" \\\"").raw(query).ascii("\\\"");
        } else if (!input.is("{}")) {
            to.json().ascii(" ");
            to.compacted(input);
        }
    }

    private static void findings(JsonCursor content, int start, JsonBytes json) {
        if (content.kind() != JsonKind.Array) {
            finding(content.value(), start, json);
            return;
        }
        content.array();
        while (content.element()) {
            finding(content.value(), start, json);
        }
    }

    private static void finding(Slice value, int start, JsonBytes json) {
        JsonCursor cursor = JsonCursor.of(value);
        if (cursor.kind() == JsonKind.String) {
            piece(cursor.string(), json.length() > start ? "; " : "", json);
            return;
        }
        boolean first = true;
        for (String member : READABLE) {
            Slice text = JsonMembers.string(JsonCursor.of(value), member);
            if (!text.isEmpty()) {
                String before = first ? (json.length() > start ? "; " : "") : " - ";
                piece(text, before, json);
                first = false;
            }
        }
    }

    private static void piece(Slice text, String before, JsonBytes json) {
        if (!text.isEmpty()) {
            json.ascii(before).raw(text);
        }
    }
}
