package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Role;
import dev.llmgateway.runtime.model.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Puts the turns of a conversation into the order that all formats accept (translation.md 2.6):
/// behind an assistant's turn with calls stands one user's turn that starts with the results of
/// exactly these calls, in their order; nobody speaks twice in a row. What stood between a call and
/// its result moves behind the result.
public final class Conversation {
    /// Why what an assistant thought in earlier turns is not told.
    public static final String REASONING_LEFT_OUT = "the upstream did not take it back";

    private final ToolResults results;
    private final List<Turn> turns = new ArrayList<>();

    private Conversation(ToolResults results) {
        this.results = results;
    }

    /// @param notes told of results that are missing, that answer no call, or that came twice
    public static ChatRequest ordered(ChatRequest request, Notes notes) {
        List<Round> rounds = Round.of(request.turns(), notes);
        Conversation ordered = new Conversation(ToolResults.of(rounds, notes));
        for (Round round : rounds) {
            ordered.add(round);
        }
        return request.withTurns(ordered.turns);
    }

    /// The same without what its assistant thought in earlier turns.
    public static ChatRequest withoutReasoning(ChatRequest request, Notes notes) {
        List<Turn> lighter = new ArrayList<>();
        boolean lost = false;
        for (Turn turn : request.turns()) {
            List<Part> kept = new ArrayList<>(turn.parts());
            lost |= kept.removeIf(Conversation::isReasoning);
            lighter.add(new Turn(turn.role(), kept));
        }
        if (lost) {
            String field = request.source() == WireFormat.Responses ? "input" : "messages";
            notes.lost(field + ".reasoning", REASONING_LEFT_OUT);
        }
        return request.withTurns(lighter);
    }

    private static boolean isReasoning(Part part) {
        return part instanceof Part.Thinking || part instanceof Part.RedactedThinking;
    }

    private void add(Round round) {
        append(Role.Assistant, round.assistant());
        List<Part> answers = new ArrayList<>();
        for (Part.ToolCall call : round.calls()) {
            answers.add(results.answer(call, round.number()));
        }
        append(Role.User, answers);
        int lastResult = lastResult(round);
        List<Part> instructions = new ArrayList<>();
        for (int i = 0; i < round.others().size(); i++) {
            Turn turn = round.others().get(i);
            if (turn.role() == Role.System && i < lastResult) {
                instructions.addAll(turn.parts());
            } else {
                append(turn.role(), results.withoutAnswers(turn.parts()));
            }
            if (i == lastResult) {
                append(Role.System, instructions);
            }
        }
    }

    /// Up to where instructions would stand between a call and its result; -1: nowhere.
    private static int lastResult(Round round) {
        Map<String, Part.ToolCall> called = new HashMap<>();
        round.calls().forEach(call -> called.put(call.id(), call));
        for (int i = round.others().size() - 1; i >= 0; i--) {
            for (Part part : round.others().get(i).parts()) {
                if (part instanceof Part.ToolResult result && called.containsKey(result.id())) {
                    return i;
                }
            }
        }
        return -1;
    }

    private void append(Role role, List<Part> parts) {
        if (parts.isEmpty()) {
            return;
        }
        if (turns.isEmpty() || turns.getLast().role() != role) {
            turns.add(new Turn(role, parts));
            return;
        }
        List<Part> all = new ArrayList<>(turns.getLast().parts());
        all.addAll(parts);
        turns.set(turns.size() - 1, new Turn(role, all));
    }
}
