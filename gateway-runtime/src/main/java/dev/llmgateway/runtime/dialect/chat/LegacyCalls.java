package dev.llmgateway.runtime.dialect.chat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// Ids for the calls of the time before tools: `function_call` has none, and a message of the role
/// `function` answers by name.
final class LegacyCalls {
    private final Map<String, Deque<String>> open = new HashMap<>();
    private int calls;

    /// Id of the next call, counted from 1.
    String called(String name) {
        String id = "call_fn_" + ++calls;
        open.computeIfAbsent(name, _ -> new ArrayDeque<>()).push(id);
        return id;
    }

    /// Id of the nearest call by that name without an answer.
    ///
    /// @param message index, which makes the id of an answer to nothing
    String answered(String name, int message) {
        Deque<String> ids = open.getOrDefault(name, new ArrayDeque<>());
        return ids.isEmpty() ? "call_fn_unknown_" + message : ids.pop();
    }
}
