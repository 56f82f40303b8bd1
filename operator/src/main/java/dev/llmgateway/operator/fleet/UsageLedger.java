package dev.llmgateway.operator.fleet;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Counters over all processes of a gateway there ever were. Processes count from their start, so
/// what each has told stands apart until it is gone.
///
/// @param ended sums of processes that are gone
/// @param running the last totals of each other process, by `<pod's UID>/<process>`
public record UsageLedger(Usage ended, Map<String, Usage> running) {
    public static final UsageLedger EMPTY = new UsageLedger(Usage.NONE, Map.of());

    public UsageLedger {
        running = Map.copyOf(running);
    }

    /// What some pods have told by now, the rest as it was.
    UsageLedger recorded(Collection<PodView> pods) {
        Map<String, Usage> now = new TreeMap<>(running);
        pods.forEach(pod ->
                pod.report().ifPresent(report -> now.put(process(pod, report), report.usage())));
        return new UsageLedger(ended, now).withTimes(running);
    }

    private static String process(PodView pod, ReportPage report) {
        return pod.pod().uid() + "/" + report.process();
    }

    /// @param pods all there are; processes of others have ended
    public UsageLedger observe(Collection<PodView> pods) {
        Map<String, Usage> now = new TreeMap<>();
        pods.forEach(pod ->
                pod.report().ifPresent(report -> now.put(process(pod, report), report.usage())));
        Set<String> unheard =
                pods.stream()
                        .filter(pod -> pod.report().isEmpty())
                        .map(pod -> pod.pod().uid() + "/")
                        .collect(Collectors.toSet());
        Usage gone = ended;
        for (Map.Entry<String, Usage> before : running.entrySet()) {
            String pod = before.getKey().substring(0, before.getKey().indexOf('/') + 1);
            if (unheard.contains(pod)) {
                now.put(before.getKey(), before.getValue()); // it may still be the same process
            } else if (!now.containsKey(before.getKey())) {
                gone = gone.plus(before.getValue());
            }
        }
        return new UsageLedger(gone, now).withTimes(running);
    }

    /// Of all processes.
    public Usage total() {
        return running.values().stream().reduce(ended, Usage::plus);
    }

    /// After a restart of the operator a first page shows all requests as new: what was known of
    /// the same process keeps its time.
    private UsageLedger withTimes(Map<String, Usage> before) {
        Map<String, Usage> kept = new TreeMap<>();
        running.forEach((process, usage) ->
                kept.put(process, usage.timedBy(before.getOrDefault(process, Usage.NONE))));
        return new UsageLedger(ended, kept);
    }

    /// Without what belonged to objects that are gone.
    public UsageLedger only(Set<String> accounts, Set<String> keys) {
        Map<String, Usage> kept = new TreeMap<>();
        running.forEach((process, usage) -> kept.put(process, usage.only(accounts, keys)));
        return new UsageLedger(ended.only(accounts, keys), kept);
    }
}
