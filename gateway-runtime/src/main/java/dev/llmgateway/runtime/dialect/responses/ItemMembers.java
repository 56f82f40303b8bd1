package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.chat.BodyReader;
import dev.llmgateway.runtime.dialect.chat.FieldPath;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;

/// The members of one input item. What most of them mean depends on the type, which may come last,
/// so their values wait as they stand; [Slice#EMPTY]: absent.
final class ItemMembers {
    private final BodyReader body;
    private final FieldPath field;
    private final List<String> unknown = new ArrayList<>(0);
    private String type = "";
    private String role = "";
    private String id = "";
    private String callId = "";
    private String name = "";
    private String namespace = "";
    private Slice arguments = Slice.EMPTY;
    private Slice input = Slice.EMPTY;
    private Slice encrypted = Slice.EMPTY;
    private Slice content = Slice.EMPTY;
    private Slice output = Slice.EMPTY;
    private Slice summary = Slice.EMPTY;
    private Slice action = Slice.EMPTY;
    private Slice operation = Slice.EMPTY;
    private Slice tools = Slice.EMPTY;
    private Slice reasoning = Slice.EMPTY;

    ItemMembers(BodyReader body, FieldPath field) {
        this.body = body;
        this.field = field;
    }

    ItemMembers read() {
        JsonCursor json = body.json();
        if (json.kind() != JsonKind.Object) {
            throw BodyReader.refusal(field, "must be an object");
        }
        json.object();
        while (json.member()) {
            String member = json.key();
            if (!text(member) && !value(member)) {
                if (!json.isNull()) {
                    unknown.add(member);
                }
                json.skip();
            }
        }
        return this;
    }

    private boolean text(String member) {
        FieldPath here = field.member(member);
        switch (member) {
            case "type" -> type = body.text(here);
            case "role" -> role = body.text(here);
            case "id" -> id = body.text(here);
            case "call_id" -> callId = body.text(here);
            case "name" -> name = body.text(here);
            case "namespace" -> namespace = body.text(here);
            case "arguments" -> arguments = stringOr(member);
            case "input" -> input = stringOr(member);
            case "encrypted_content" -> encrypted = body.string(here);
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Items of OpenAI's own tools have other values there, which are not looked at.
    private Slice stringOr(String member) {
        boolean string = body.json().kind() == JsonKind.String;
        Slice value = string ? body.json().string() : body.json().value();
        boolean wanted =
                type.isEmpty() || type.equals("function_call") || type.startsWith("custom");
        if (!string && wanted && !value.is("null")) {
            throw BodyReader.refusal(field.member(member), "must be a string");
        }
        return string ? value : Slice.EMPTY;
    }

    private boolean value(String member) {
        JsonCursor json = body.json();
        switch (member) {
            case "content" -> content = json.value();
            case "output" -> output = json.value();
            case "summary" -> summary = json.value();
            case "action" -> action = json.value();
            case "operation" -> operation = json.value();
            case "tools" -> tools = json.value();
            case "reasoning" -> reasoning = json.value();
            // What a reply said of its items, and what Codex notes for itself.
            case "status",
                    "phase",
                    "caller",
                    "async",
                    "logprobs",
                    "parsed",
                    "parsed_arguments",
                    "max_output_length",
                    "internal_chat_message_metadata_passthrough" ->
                    json.skip();
            default -> {
                return false;
            }
        }
        return true;
    }

    FieldPath field() {
        return field;
    }

    FieldPath field(String member) {
        return field.member(member);
    }

    /// A reader over a value that waited.
    BodyReader over(Slice value, String member) {
        return body.over(value.isEmpty() ? Slice.of("null") : value, field.member(member));
    }

    void lost(String reason) {
        body.lost(field, reason);
    }

    void noteUnknown() {
        unknown.forEach(member -> body.lost(field.member(member), "unknown member"));
    }

    String type() {
        return type.isEmpty() && !role.isEmpty() ? "message" : type;
    }

    String role() {
        return role;
    }

    String id() {
        return id;
    }

    /// The call's id, which the item needs.
    String callId() {
        if (callId.isEmpty()) {
            throw BodyReader.refusal(field.member("call_id"), "is missing");
        }
        return callId;
    }

    String callIdOrId() {
        return callId.isEmpty() && !id.isEmpty() ? id : callId();
    }

    /// Name in the hub of the tool that is called.
    String toolName() {
        if (name.isEmpty()) {
            throw BodyReader.refusal(field.member("name"), "is missing");
        }
        return DeclaredTool.flat(namespace, name);
    }

    Slice arguments() {
        return arguments;
    }

    Slice input() {
        return input;
    }

    Slice encrypted() {
        return encrypted;
    }

    Slice content() {
        return content;
    }

    Slice output() {
        return output;
    }

    Slice summary() {
        return summary;
    }

    Slice action() {
        return action;
    }

    Slice operation() {
        return operation;
    }

    Slice tools() {
        return tools;
    }

    Slice reasoning() {
        return reasoning;
    }
}
