package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.chat.BodyReader;
import dev.llmgateway.runtime.dialect.chat.FieldPath;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.dialect.translation.FieldName;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Role;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Turn;
import java.util.ArrayList;
import java.util.List;

/// `input`: leading instructions apart from the turns, one turn for each item.
final class InputReader {
    private static final FieldPath FIELD = FieldPath.top("input");

    private final BodyReader body;
    private final Tools tools;
    private final List<Part.Text> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();

    /// As they came, for the places of parts; those without a turn are empty.
    private final List<Turn> items = new ArrayList<>();

    private String effort = "";

    InputReader(BodyReader body, Tools tools) {
        this.body = body;
        this.tools = tools;
    }

    InputReader read() {
        if (body.json().kind() == JsonKind.String) {
            Slice text = body.json().string();
            add(new Turn(Role.User, List.of(new Part.Text(text, CacheMark.None))));
            return this;
        }
        if (!body.list(FIELD)) {
            throw BodyReader.refusal(FIELD, "must be a string or a list of items");
        }
        while (body.json().element()) {
            item(new ItemMembers(body, FIELD.element(items.size())).read());
        }
        return this;
    }

    /// Leading ones.
    List<Part.Text> system() {
        return system;
    }

    List<Turn> turns() {
        return turns;
    }

    List<Turn> items() {
        return items;
    }

    /// Of the last `configuration_update`; empty: there was none.
    String effort() {
        return effort;
    }

    private void item(ItemMembers item) {
        switch (item.type()) {
            case "message" -> message(item);
            case "reasoning" -> add(CallItems.reasoning(item));
            case "function_call", "custom_tool_call" -> add(CallItems.call(item));
            case "function_call_output", "custom_tool_call_output" -> add(CallItems.output(item));
            case "shell_call", "local_shell_call", "apply_patch_call" ->
                    add(CallItems.localCall(item));
            case "shell_call_output", "local_shell_call_output", "apply_patch_call_output" ->
                    add(CallItems.localOutput(item));
            case "additional_tools" -> {
                ToolsReader.read(item.over(item.tools(), "tools"), item.field("tools"), tools);
                nothing();
            }
            case "configuration_update" -> configuration(item);
            default -> other(item);
        }
    }

    private void message(ItemMembers item) {
        List<Part> content =
                ContentReader.read(item.over(item.content(), "content"), item.field("content"));
        item.noteUnknown();
        switch (item.role()) {
            case "user" -> add(new Turn(Role.User, content));
            case "assistant" -> add(new Turn(Role.Assistant, content));
            case "system", "developer" -> instructions(content, item);
            default ->
                    throw BodyReader.refusal(
                            item.field("role"), "must be user, assistant, system or developer");
        }
    }

    /// Blanks alone instruct nobody, and Anthropic refuses them.
    private void instructions(List<Part> content, ItemMembers item) {
        List<Part.Text> texts = new ArrayList<>();
        for (Part part : content) {
            if (!(part instanceof Part.Text text)) {
                throw BodyReader.refusal(item.field("content"), "must be text for this role");
            }
            if (!text.text().isBlank()) {
                texts.add(text);
            }
        }
        Turn turn = new Turn(Role.System, List.copyOf(texts));
        if (turns.isEmpty()) {
            system.addAll(texts);
            items.add(turn);
        } else {
            add(turn);
        }
    }

    private void configuration(ItemMembers item) {
        BodyReader reasoning = item.over(item.reasoning(), "reasoning");
        if (reasoning.object(item.field("reasoning"))) {
            while (reasoning.json().member()) {
                if (reasoning.json().key().equals("effort")) {
                    effort = SettingsReader.effort(reasoning, item.field("reasoning"));
                } else {
                    reasoning.json().skip();
                }
            }
        }
        nothing();
    }

    private void other(ItemMembers item) {
        switch (item.type()) {
            case "" -> throw BodyReader.refusal(item.field("type"), "is missing");
            case "item_reference" ->
                    throw refused(item, "names an item stored elsewhere; send the item itself");
            case "compaction", "compaction_summary", "context_compaction" ->
                    throw refused(
                            item,
                            "is an encrypted summary that only the provider that wrote it can"
                                    + " read; send the conversation itself");
            case "compaction_trigger" ->
                    throw refused(item, "asks for a summary that only OpenAI makes");
            case "computer_call", "computer_call_output" ->
                    throw refused(item, "is of a tool that other formats do not have");
            case "web_search_call",
                    "file_search_call",
                    "code_interpreter_call",
                    "image_generation_call",
                    "mcp_call",
                    "mcp_list_tools",
                    "mcp_approval_request",
                    "mcp_approval_response",
                    "tool_search_call",
                    "tool_search_output",
                    "program",
                    "program_output" ->
                    note(item);
            default -> {
                item.lost("no such item: " + FieldName.of(item.type()));
                nothing();
            }
        }
    }

    private static RuntimeException refused(ItemMembers item, String why) {
        return BodyReader.refusal(item.field(), why);
    }

    /// What OpenAI's own tools did, as far as it can be read.
    private void note(ItemMembers item) {
        item.lost("provider's tool kept as text");
        Slice note = ToolNote.of(item);
        add(new Turn(Role.Assistant, List.of(new Part.Text(note, CacheMark.None))));
    }

    private void add(Turn turn) {
        items.add(turn);
        if (!turn.parts().isEmpty() || turn.role() == Role.User) {
            turns.add(turn);
        }
    }

    private void nothing() {
        items.add(new Turn(Role.System, List.of()));
    }
}
