package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.Part;
import java.util.ArrayList;
import java.util.List;

/// Which parts make sense in whose message.
final class Placement {
    private Placement() {}

    /// Blanks alone instruct nobody, and Anthropic refuses them.
    static List<Part.Text> instructions(MessageReader message) {
        List<Part.Text> texts = new ArrayList<>();
        for (Part part : message.said()) {
            if (!(part instanceof Part.Text text)) {
                throw misplaced(message);
            }
            if (!text.text().isBlank()) {
                texts.add(text);
            }
        }
        return texts;
    }

    static List<Part> user(MessageReader message) {
        for (Part part : message.content()) {
            boolean fits =
                    switch (part) {
                        case Part.Text _,
                                Part.Image _,
                                Part.Document _,
                                Part.Audio _,
                                Part.ToolResult _,
                                Part.SearchResult _,
                                Part.ServerTool _,
                                Part.Other _ ->
                                true;
                        case Part.Refusal _,
                                Part.Thinking _,
                                Part.RedactedThinking _,
                                Part.ToolCall _ ->
                                false;
                    };
            check(fits, message);
        }
        return message.said();
    }

    static List<Part> assistant(MessageReader message) {
        for (Part part : message.content()) {
            boolean fits =
                    switch (part) {
                        case Part.Text _,
                                Part.Refusal _,
                                Part.Thinking _,
                                Part.RedactedThinking _,
                                Part.ToolCall _,
                                Part.ServerTool _,
                                Part.Other _ ->
                                true;
                        case Part.Image _,
                                Part.Document _,
                                Part.Audio _,
                                Part.ToolResult _,
                                Part.SearchResult _ ->
                                false;
                    };
            check(fits, message);
        }
        return message.assistant();
    }

    static List<Part> result(MessageReader message) {
        for (Part part : message.content()) {
            check(part instanceof Part.ToolResult || inResult(part), message);
        }
        return message.content();
    }

    /// Images and documents are not in OpenAI's own description, but clients send them.
    static boolean inResult(Part part) {
        return switch (part) {
            case Part.Text _, Part.Image _, Part.Document _, Part.SearchResult _, Part.Other _ ->
                    true;
            case Part.Refusal _,
                    Part.Audio _,
                    Part.Thinking _,
                    Part.RedactedThinking _,
                    Part.ToolCall _,
                    Part.ToolResult _,
                    Part.ServerTool _ ->
                    false;
        };
    }

    private static void check(boolean fits, MessageReader message) {
        if (!fits) {
            throw misplaced(message);
        }
    }

    static Refusal misplaced(MessageReader message) {
        return BodyReader.refusal(
                message.field().member("content"),
                "has a part that does not belong in a message of role " + message.role());
    }
}
