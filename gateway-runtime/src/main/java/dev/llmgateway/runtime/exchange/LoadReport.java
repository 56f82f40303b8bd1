package dev.llmgateway.runtime.exchange;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What came of the last look at the source of plans.
///
/// @param revision of the plan in force; empty: none yet
/// @param problems everything that was left out, kept back or warned of, as `file:document:path:
///   message`
/// @param errors how many of the problems left something out
/// @param loadedAtMillis when this plan came into force, epoch milliseconds; 0: never
/// @param readyPods pods of this gateway that are ready, as far as the source tells; 0: it does not
/// @param digests SHA-256 of what the plan was put together from, by name; empty for a folder
public record LoadReport(
        String revision,
        List<String> problems,
        int errors,
        long loadedAtMillis,
        int readyPods,
        SortedMap<String, String> digests) {
    public static final LoadReport NOTHING = new LoadReport("", List.of(), 0, 0);

    public LoadReport {
        problems = List.copyOf(problems);
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    }

    /// Of a source that knows neither pods nor digests.
    public LoadReport(String revision, List<String> problems, int errors, long loadedAtMillis) {
        this(revision, problems, errors, loadedAtMillis, 0, new TreeMap<>(Map.of()));
    }
}
