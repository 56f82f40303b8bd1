package dev.llmgateway.runtime.exchange;

import java.util.List;

/// What came of the last look at the source of plans.
///
/// @param revision of the plan in force; empty: none yet
/// @param problems everything that was left out, kept back or warned of, as `file:document:path:
///   message`
/// @param errors how many of the problems left something out
/// @param loadedAtMillis when this plan came into force, epoch milliseconds; 0: never
public record LoadReport(String revision, List<String> problems, int errors, long loadedAtMillis) {
    public static final LoadReport NOTHING = new LoadReport("", List.of(), 0, 0);

    public LoadReport {
        problems = List.copyOf(problems);
    }
}
