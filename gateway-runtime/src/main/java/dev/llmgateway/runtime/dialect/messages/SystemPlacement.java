package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.translation.Target;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Role;
import dev.llmgateway.runtime.model.Turn;
import java.util.ArrayList;
import java.util.List;

/// Where instructions in the middle of a conversation go: they stay only where Anthropic allows
/// them, else they join the top-level `system`.
///
/// @param messages what is sent as `messages`
/// @param moved texts to be added to `system`
record SystemPlacement(List<Message> messages, List<Part.Text> moved) {
    /// @param index of the turn in the request
    record Message(int index, Turn turn) {
        Role role() {
            return turn.role();
        }
    }

    SystemPlacement {
        messages = List.copyOf(messages);
        moved = List.copyOf(moved);
    }

    static SystemPlacement of(ChatRequest request, Target target) {
        boolean allowed = target.entry().midSystem().equals("Native");
        List<Message> all = merged(request.turns());
        List<Message> messages = new ArrayList<>();
        List<Part.Text> moved = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Message message = all.get(i);
            if (message.role() != Role.System
                    || (allowed && !messages.isEmpty() && mayFollow(messages.getLast(), all, i))) {
                messages.add(message);
            } else {
                message.turn().parts().forEach(part -> moved.add((Part.Text) part));
            }
        }
        return new SystemPlacement(messages, moved);
    }

    boolean endsWithAssistant() {
        return !messages.isEmpty() && messages.getLast().role() == Role.Assistant;
    }

    /// Behind a user, or a result of a server's tool; before an assistant, or at the end. So never
    /// between a call and its result.
    private static boolean mayFollow(Message before, List<Message> all, int index) {
        boolean behind =
                switch (before.role()) {
                    case User -> true;
                    case Assistant ->
                            before.turn().parts().getLast() instanceof Part.ServerTool(var type, _)
                                    && type.endsWith("_result");
                    case System -> false;
                };
        return behind && (index + 1 == all.size() || all.get(index + 1).role() == Role.Assistant);
    }

    /// Adjacent instructions as one turn of texts; without assistants and instructions that say
    /// nothing.
    private static List<Message> merged(List<Turn> turns) {
        List<Message> merged = new ArrayList<>(turns.size());
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            if (turn.role() == Role.System) {
                addSystem(new Message(i, turn), merged);
            } else if (turn.role() == Role.User || !isEmpty(turn)) {
                merged.add(new Message(i, turn));
            }
        }
        return merged;
    }

    private static void addSystem(Message message, List<Message> merged) {
        List<Part> texts = new ArrayList<>();
        int index = message.index();
        boolean adjacent = !merged.isEmpty() && merged.getLast().role() == Role.System;
        if (adjacent) {
            index = merged.getLast().index();
            texts.addAll(merged.removeLast().turn().parts());
        }
        for (Part part : message.turn().parts()) {
            if (part instanceof Part.Text text && !Blanks.isBlank(text.text())) {
                texts.add(text);
            }
        }
        if (!texts.isEmpty()) {
            merged.add(new Message(index, new Turn(Role.System, texts)));
        }
    }

    private static boolean isEmpty(Turn turn) {
        return turn.parts().stream().allMatch(SystemPlacement::saysNothing);
    }

    private static boolean saysNothing(Part part) {
        return switch (part) {
            case Part.Text(var text, _) -> Blanks.isBlank(text);
            case Part.Refusal(var text) -> Blanks.isBlank(text);
            case Part.Thinking thinking -> !Thoughts.isNative(thinking);
            case Part.RedactedThinking redacted -> !Thoughts.isNative(redacted);
            case Part.Image _,
                    Part.Document _,
                    Part.Audio _,
                    Part.ToolCall _,
                    Part.ToolResult _,
                    Part.SearchResult _,
                    Part.ServerTool _,
                    Part.Other _ ->
                    false;
        };
    }
}
