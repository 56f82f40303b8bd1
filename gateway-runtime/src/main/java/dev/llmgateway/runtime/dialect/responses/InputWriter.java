package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.chat.Place;
import dev.llmgateway.runtime.dialect.chat.RequestOutput;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.Arguments;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Turn;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Writes `input`: results of tools as items of their own, then what a user says as one message.
final class InputWriter {
    private final ChatRequest request;
    private final RequestOutput to;
    private final JsonBytes json;
    private final UserPartWriter parts;

    /// Ids of calls that are no functions, so that their results are neither.
    private final Set<String> custom = new HashSet<>();

    InputWriter(ChatRequest request, RequestOutput to) {
        this.request = request;
        this.to = to;
        this.json = to.json();
        this.parts = new UserPartWriter(to);
    }

    void write() {
        json.name("input").arrayStart();
        List<Turn> turns = request.turns();
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            switch (turn.role()) {
                case System -> message("developer", turn.parts(), i);
                case User -> user(turn.parts(), i);
                case Assistant -> assistant(turn.parts(), i);
            }
        }
        json.arrayEnd();
    }

    private void user(List<Part> said, int turn) {
        boolean more = false;
        for (int i = 0; i < said.size(); i++) {
            if (said.get(i) instanceof Part.ToolResult result) {
                result(result, Place.of(said, turn, i, to));
            } else {
                more = true;
            }
        }
        if (more) {
            message("user", said, turn);
        }
    }

    private void message(String role, List<Part> said, int turn) {
        int start = json.length();
        json.objectStart().member("type", "message").member("role", role);
        json.name("content").arrayStart();
        int none = json.length();
        for (int i = 0; i < said.size(); i++) {
            if (!(said.get(i) instanceof Part.ToolResult)) {
                parts.write(said.get(i), Place.of(said, turn, i, to));
            }
        }
        if (json.length() == none) {
            json.cut(start);
        } else {
            json.arrayEnd().objectEnd();
        }
    }

    private void result(Part.ToolResult result, Place place) {
        String type =
                custom.contains(result.id()) ? "custom_tool_call_output" : "function_call_output";
        json.objectStart().member("type", type).member("call_id", result.id());
        parts.output(result, place);
        json.objectEnd();
    }

    private void assistant(List<Part> said, int turn) {
        AssistantWriter writer = new AssistantWriter(said, turn, to);
        writer.write();
        for (Part part : said) {
            if (part instanceof Part.ToolCall call && call.arguments() instanceof Arguments.Text) {
                custom.add(call.id());
            }
        }
    }
}
