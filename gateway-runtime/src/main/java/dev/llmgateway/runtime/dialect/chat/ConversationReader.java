package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Role;
import dev.llmgateway.runtime.model.Turn;
import java.util.ArrayList;
import java.util.List;

/// `messages`: leading instructions apart from the turns, tools' answers gathered into turns of the
/// user.
final class ConversationReader {
    private static final FieldPath FIELD = FieldPath.top("messages");

    private final BodyReader body;
    private final LegacyCalls legacy = new LegacyCalls();
    private final List<Part.Text> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();

    /// Answers of tools that follow each other so far.
    private final List<Part> results = new ArrayList<>();

    ConversationReader(BodyReader body) {
        this.body = body;
    }

    ConversationReader read() {
        JsonCursor json = body.json();
        if (!body.list(FIELD)) {
            throw BodyReader.refusal(FIELD, "must be a list");
        }
        int count = 0;
        while (json.element()) {
            add(new MessageReader(body, FIELD.element(count), legacy).read(), count++);
        }
        if (count == 0) {
            throw BodyReader.refusal(FIELD, "must have at least one message");
        }
        gather();
        return this;
    }

    List<Part.Text> system() {
        return system;
    }

    List<Turn> turns() {
        return turns;
    }

    private void add(MessageReader message, int index) {
        String role = message.role();
        if (message.hasCalls() && !role.equals("assistant")) {
            throw BodyReader.refusal(message.field(), "has tool calls, which only assistants have");
        }
        switch (role) {
            case "tool" -> result(message);
            case "function" -> functionResult(message, index);
            case "system", "developer" -> instructions(message);
            case "user" -> turn(Role.User, Placement.user(message));
            case "assistant" -> turn(Role.Assistant, Placement.assistant(message));
            default -> throw BodyReader.refusal(message.field().member("role"), unknown(role));
        }
    }

    private static String unknown(String role) {
        return role.isEmpty()
                ? "is missing"
                : "must be system, developer, user, assistant, tool or function";
    }

    private void instructions(MessageReader message) {
        List<Part.Text> texts = Placement.instructions(message);
        if (turns.isEmpty() && results.isEmpty()) {
            system.addAll(texts);
        } else if (!texts.isEmpty()) {
            turn(Role.System, List.copyOf(texts));
        }
    }

    private void turn(Role role, List<Part> parts) {
        gather();
        turns.add(new Turn(role, parts));
    }

    private void result(MessageReader message) {
        List<Part> content = Placement.result(message);
        long blocks = content.stream().filter(part -> part instanceof Part.ToolResult).count();
        if (blocks > 0 && blocks < content.size()) {
            throw Placement.misplaced(message);
        }
        if (blocks > 0) {
            results.addAll(CacheMarks.onLast(content, message.cache()));
            return;
        }
        if (message.callId().isEmpty()) {
            throw BodyReader.refusal(message.field().member("tool_call_id"), "is missing");
        }
        results.add(new Part.ToolResult(message.callId(), content, false, message.cache()));
    }

    private void functionResult(MessageReader message, int index) {
        if (message.name().isEmpty()) {
            throw BodyReader.refusal(message.field().member("name"), "is missing");
        }
        String id = legacy.answered(message.name(), index);
        List<Part> content = Placement.result(message);
        if (content.stream().anyMatch(part -> part instanceof Part.ToolResult)) {
            throw Placement.misplaced(message);
        }
        results.add(new Part.ToolResult(id, content, false, message.cache()));
    }

    private void gather() {
        if (!results.isEmpty()) {
            turns.add(new Turn(Role.User, results));
            results.clear();
        }
    }
}
