package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.dialect.json.JsonText;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Turn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which result answers which call. A result answers the latest call of its id that stands before
/// it: some providers count their ids from the start again in every turn.
final class ToolResults {
    private static final Slice NONE = Slice.of("[no result was provided for this tool call]");

    private record Call(int round, String id) {}

    private final Notes notes;
    private final Map<Call, Part.ToolResult> answers = new HashMap<>();

    /// Results that have a call, by identity: two may be equal.
    private final Set<Part> known = Collections.newSetFromMap(new IdentityHashMap<>());

    private ToolResults(Notes notes) {
        this.notes = notes;
    }

    static ToolResults of(List<Round> rounds, Notes notes) {
        ToolResults results = new ToolResults(notes);
        Map<String, Call> latest = new HashMap<>();
        for (Round round : rounds) {
            for (Part.ToolCall call : round.calls()) {
                latest.put(call.id(), new Call(round.number(), call.id()));
            }
            for (Turn turn : round.others()) {
                for (Part part : turn.parts()) {
                    if (part instanceof Part.ToolResult result) {
                        results.match(result, latest.get(result.id()));
                    }
                }
            }
        }
        return results;
    }

    private void match(Part.ToolResult result, @Nullable Call call) {
        if (call == null) {
            return;
        }
        known.add(result);
        if (answers.put(call, result) != null) {
            notes.lost("messages", "two results for one tool call: the last counts");
        }
    }

    /// @throws Refusal in strict mode, when there is none
    Part.ToolResult answer(Part.ToolCall call, int round) {
        Part.@Nullable ToolResult answer = answers.get(new Call(round, call.id()));
        if (answer != null) {
            return answer;
        }
        notes.lost("messages", "a tool call has no result");
        return new Part.ToolResult(
                call.id(), List.of(new Part.Text(NONE, CacheMark.None)), true, CacheMark.None);
    }

    /// The rest of a turn; results that answer nothing become text.
    List<Part> withoutAnswers(List<Part> parts) {
        List<Part> rest = new ArrayList<>();
        for (Part part : parts) {
            if (!(part instanceof Part.ToolResult result)) {
                rest.add(part);
            } else if (!known.contains(result)) {
                notes.lost("messages", "a tool result answers no call: sent as text");
                rest.addAll(asText(result));
            }
        }
        return rest;
    }

    private static List<Part> asText(Part.ToolResult orphan) {
        byte[] id = JsonText.escapedBytes("[result of unknown tool call " + orphan.id() + "]");
        List<Part> parts = new ArrayList<>();
        int rest = 0;
        if (!orphan.content().isEmpty() && orphan.content().getFirst() instanceof Part.Text text) {
            String first = new String(id, StandardCharsets.UTF_8) + " " + text.text();
            parts.add(new Part.Text(Slice.of(first), text.cache()));
            rest = 1;
        } else {
            parts.add(new Part.Text(Slice.whole(id), CacheMark.None));
        }
        parts.addAll(orphan.content().subList(rest, orphan.content().size()));
        return parts;
    }
}
