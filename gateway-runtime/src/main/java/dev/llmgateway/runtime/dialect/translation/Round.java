package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Role;
import dev.llmgateway.runtime.model.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an assistant said in a row, and what others said before it spoke again.
///
/// @param number from 0; the first may have no assistant
/// @param assistant without results of tools, which it cannot have
/// @param calls those among `assistant`, ids once
record Round(int number, List<Part> assistant, List<Part.ToolCall> calls, List<Turn> others) {
    static List<Round> of(List<Turn> turns, Notes notes) {
        List<Round> rounds = new ArrayList<>();
        int at = 0;
        while (at < turns.size()) {
            int spoken = at;
            while (spoken < turns.size() && turns.get(spoken).role() == Role.Assistant) {
                spoken++;
            }
            int end = spoken;
            while (end < turns.size() && turns.get(end).role() != Role.Assistant) {
                end++;
            }
            rounds.add(
                    round(
                            rounds.size(),
                            turns.subList(at, spoken),
                            turns.subList(spoken, end),
                            notes));
            at = end;
        }
        return rounds;
    }

    private static Round round(int number, List<Turn> spoken, List<Turn> answers, Notes notes) {
        List<Part> assistant = new ArrayList<>();
        List<Part> results = new ArrayList<>();
        Map<String, Part.ToolCall> calls = new LinkedHashMap<>();
        for (Turn turn : spoken) {
            for (Part part : turn.parts()) {
                if (part instanceof Part.ToolResult) {
                    results.add(part);
                    continue;
                }
                if (part instanceof Part.ToolCall call
                        && calls.putIfAbsent(call.id(), call) != null) {
                    notes.lost("messages", "two calls of one turn have one id: the first counts");
                    continue;
                }
                assistant.add(part);
            }
        }
        List<Turn> others = new ArrayList<>();
        if (!results.isEmpty()) {
            others.add(new Turn(Role.User, results));
        }
        others.addAll(answers);
        return new Round(number, assistant, List.copyOf(calls.values()), others);
    }
}
