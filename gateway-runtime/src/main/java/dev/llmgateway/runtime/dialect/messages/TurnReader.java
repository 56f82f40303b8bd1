package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Role;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Turn;
import java.util.ArrayList;
import java.util.List;

/// `messages` and `system`.
final class TurnReader {
    private final Reading reading;
    private final BlockReader blocks;

    TurnReader(Reading reading) {
        this.reading = reading;
        this.blocks = new BlockReader(reading);
    }

    /// Leading instructions, without empty ones.
    List<Part.Text> system(JsonCursor json) {
        int here = reading.path().into("system");
        List<Part.Text> texts = new ArrayList<>();
        switch (json.kind()) {
            case Null -> json.skip();
            case String -> texts.add(new Part.Text(json.string(), CacheMark.None));
            case Array -> blocks(json, texts);
            case Object, Number, True, False ->
                    throw reading.path().refusal("must be a string or a list of text blocks");
        }
        texts.removeIf(text -> text.text().isEmpty());
        reading.path().back(here);
        return texts;
    }

    private void blocks(JsonCursor json, List<Part.Text> texts) {
        json.array();
        for (int i = 0; json.element(); i++) {
            int here = reading.path().into(i);
            Members block = Members.of(json, reading);
            if (!block.string("type").is("text")) {
                throw reading.path().refusal("type", "system takes only text blocks");
            }
            texts.add(blocks.text(block));
            block.noteRest();
            reading.path().back(here);
        }
    }

    List<Turn> turns(JsonCursor json) {
        int here = reading.path().into("messages");
        if (json.kind() != JsonKind.Array) {
            throw reading.path().refusal("must be a list");
        }
        List<Turn> turns = new ArrayList<>();
        json.array();
        while (json.element()) {
            int element = reading.path().into(turns.size());
            turns.add(turn(json));
            reading.path().back(element);
        }
        reading.path().back(here);
        return turns;
    }

    private Turn turn(JsonCursor json) {
        if (json.kind() != JsonKind.Object) {
            throw reading.path().refusal("must be an object");
        }
        Slice role = Slice.EMPTY;
        List<Part> parts = List.of();
        boolean silent = true;
        json.object();
        while (json.member()) {
            switch (json.key()) {
                case "role" -> role = json.string();
                case "content" -> {
                    parts = blocks.content(json);
                    silent = false;
                }
                default -> other(json);
            }
        }
        if (silent) {
            throw reading.path().refusal("content", "must be there");
        }
        return checked(new Turn(role(role), parts));
    }

    private void other(JsonCursor json) {
        if (!json.isNull()) {
            reading.lost(json.key(), "not known to the gateway");
        }
        json.skip();
    }

    private Role role(Slice role) {
        if (role.is("user")) {
            return Role.User;
        } else if (role.is("assistant")) {
            return Role.Assistant;
        } else if (role.is("system")) {
            return Role.System;
        }
        throw reading.path().refusal("role", "must be user, assistant or system");
    }

    /// What the speaker cannot have said is refused here, so that no other room has to expect it.
    private Turn checked(Turn turn) {
        for (int i = 0; i < turn.parts().size(); i++) {
            if (!fits(turn.role(), turn.parts().get(i))) {
                reading.path().into("content");
                reading.path().into(i);
                throw reading.path().refusal("type", "not in a message of this role");
            }
        }
        return turn;
    }

    private static boolean fits(Role role, Part part) {
        return switch (part) {
            case Part.ToolCall _, Part.Thinking _, Part.RedactedThinking _ ->
                    role == Role.Assistant;
            case Part.ToolResult _ -> role == Role.User;
            case Part.Text _ -> true;
            case Part.Refusal _,
                    Part.Image _,
                    Part.Document _,
                    Part.Audio _,
                    Part.SearchResult _,
                    Part.ServerTool _,
                    Part.Other _ ->
                    role != Role.System;
        };
    }
}
