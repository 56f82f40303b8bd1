package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.RootSchema;
import dev.llmgateway.runtime.dialect.translation.Target;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Role;
import dev.llmgateway.runtime.model.Tool;
import dev.llmgateway.runtime.model.Turn;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A request body while it is written, and what was decided about it before.
///
/// @param wrapped names of tools whose arguments are wrapped; see [RootSchema]
record Draft(
        ChatRequest request,
        Target target,
        Notes notes,
        JsonBytes out,
        CacheMarks marks,
        SystemPlacement placement,
        ThinkingPlan thinking,
        Set<String> wrapped) {

    static Set<String> wrapped(ChatRequest request) {
        return request.tools().stream()
                .filter(tool ->
                        tool instanceof Tool.Function function
                                && RootSchema.needsWrapping(function.schema()))
                .map(Tool::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Where a turn stood in the client's body, as far as can be told once results of tools share a
    /// turn: `messages[3]`.
    String path(int turn) {
        if (request.source() == WireFormat.Responses) {
            List<Part> parts = request.turns().get(turn).parts();
            String place = parts.isEmpty() ? "" : notes.place(parts.getLast());
            return place.isEmpty() ? "input" : place.replaceFirst("\\.content.*", "");
        }
        return "messages[" + (messagesBefore(turn) + results(turn)) + "]";
    }

    /// The same of a part: `messages[3].content[0]`.
    String path(int turn, int part) {
        Turn of = request.turns().get(turn);
        if (request.source() == WireFormat.Responses) {
            String place = notes.place(of.parts().get(part));
            return place.isEmpty() ? "input" : place;
        }
        if (of.parts().get(part) instanceof Part.ToolResult) {
            return "messages[" + (messagesBefore(turn) + part) + "].content";
        }
        return path(turn) + ".content[" + (part - resultsOf(of)) + "]";
    }

    /// In Chat each result is a message of its own, before the user's.
    private int results(int turn) {
        Turn of = request.turns().get(turn);
        int results = resultsOf(of);
        return results == of.parts().size() && results > 0 ? results - 1 : results;
    }

    private int messagesBefore(int turn) {
        int count = request.system().isEmpty() ? 0 : 1;
        for (int i = 0; i < turn; i++) {
            count += results(i) + 1;
        }
        return count;
    }

    private static int resultsOf(Turn turn) {
        int results = 0;
        if (turn.role() == Role.User) {
            for (Part part : turn.parts()) {
                results += part instanceof Part.ToolResult ? 1 : 0;
            }
        }
        return results;
    }
}
