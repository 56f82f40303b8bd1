package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.chat.BodyReader;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonEscapes;
import dev.llmgateway.runtime.dialect.translation.ReasoningCarrier;
import dev.llmgateway.runtime.model.Arguments;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Role;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Turn;
import java.util.List;

/// Items that are no messages: thoughts, calls, and what came of them.
final class CallItems {
    private CallItems() {}

    /// What OpenAI has encrypted means nothing elsewhere; our own carrier of another vendor's
    /// thoughts goes on as a signature (translation.md 3.5).
    static Turn reasoning(ItemMembers item) {
        List<Part> summary =
                ContentReader.read(item.over(item.summary(), "summary"), item.field("summary"));
        JsonBytes text = new JsonBytes();
        for (Part part : summary) {
            if (part instanceof Part.Text(Slice piece, _) && !piece.isEmpty()) {
                text.ascii(text.isEmpty() ? "" : "\\n\\n").raw(piece);
            }
        }
        boolean ours = ReasoningCarrier.is(ReasoningCarrier.THOUGHTS, item.encrypted());
        Slice signature = ours ? item.encrypted() : Slice.EMPTY;
        if (text.isEmpty() && !ours) {
            return new Turn(Role.Assistant, List.of());
        }
        return new Turn(Role.Assistant, List.of(new Part.Thinking(text.slice(), signature)));
    }

    static Turn call(ItemMembers item) {
        item.noteUnknown();
        Arguments arguments =
                item.type().equals("custom_tool_call")
                        ? new Arguments.Text(item.input())
                        : new Arguments.Quoted(item.arguments());
        return called(item.callId(), item.toolName(), arguments);
    }

    private static Turn called(String id, String name, Arguments arguments) {
        Part call = new Part.ToolCall(id, name, arguments, CacheMark.None);
        return new Turn(Role.Assistant, List.of(call));
    }

    static Turn output(ItemMembers item) {
        item.noteUnknown();
        List<Part> content =
                ContentReader.output(item.over(item.output(), "output"), item.field("output"));
        return result(item.callId(), content);
    }

    private static Turn result(String id, List<Part> content) {
        Part result = new Part.ToolResult(id, content, false, CacheMark.None);
        return new Turn(Role.User, List.of(result));
    }

    /// A call of a tool that is a function elsewhere.
    static Turn localCall(ItemMembers item) {
        LocalTool tool = LocalTool.called(item.type()).orElseThrow();
        JsonBytes arguments = new JsonBytes();
        switch (tool) {
            case Shell -> arguments.json(object(item.action()));
            case LocalShell -> command(JsonCursor.of(object(item.action())), arguments);
            case ApplyPatch ->
                    arguments
                            .objectStart()
                            .name("operation")
                            .json(object(item.operation()))
                            .objectEnd();
        }
        return called(item.callIdOrId(), tool.type(), new Arguments.Value(arguments.slice()));
    }

    private static Slice object(Slice value) {
        return value.isEmpty() || value.at(0) != '{' ? Slice.of("{}") : value;
    }

    private static void command(JsonCursor action, JsonBytes arguments) {
        arguments.objectStart();
        action.object();
        while (action.member()) {
            String member = action.key();
            Slice value = action.value();
            switch (member) {
                case "command", "timeout_ms" -> said(member, value, arguments);
                case "working_directory" -> said("workdir", value, arguments);
                default -> {
                    // How and as whom it ran is the client's business.
                }
            }
        }
        arguments.objectEnd();
    }

    private static void said(String member, Slice value, JsonBytes arguments) {
        if (!value.is("null")) {
            arguments.name(member).json(value);
        }
    }

    /// Streams and exit codes are lists of objects, which models read as JSON.
    static Turn localOutput(ItemMembers item) {
        BodyReader output = item.over(item.output(), "output");
        return switch (output.json().kind()) {
            case Null -> result(item.callIdOrId(), List.of());
            case String ->
                    result(item.callIdOrId(), ContentReader.read(output, item.field("output")));
            case Array, Object, Number, True, False ->
                    result(
                            item.callIdOrId(),
                            List.of(
                                    new Part.Text(
                                            JsonEscapes.quoted(output.json().value()),
                                            CacheMark.None)));
        };
    }
}
