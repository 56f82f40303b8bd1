package dev.llmgateway.operator.fleet;

import dev.llmgateway.crds.plan.Revision;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/// Which ready pods run a revision, or a later one.
///
/// @param reached names of ready pods that do, sorted
/// @param behind names of ready pods that do not, sorted
public record Acknowledgements(List<String> reached, List<String> behind) {
    public Acknowledgements {
        reached = List.copyOf(reached);
        behind = List.copyOf(behind);
    }

    public static Acknowledgements of(Collection<PodView> pods, Revision wanted) {
        Predicate<PodView> runsIt = pod -> pod.revision().compareTo(wanted) >= 0;
        return new Acknowledgements(names(pods, runsIt), names(pods, runsIt.negate()));
    }

    /// Every ready pod runs it, and there is one.
    public boolean everywhere() {
        return behind.isEmpty() && !reached.isEmpty();
    }

    /// Such as `2/3`.
    public String text() {
        return reached.size() + "/" + (reached.size() + behind.size());
    }

    private static List<String> names(Collection<PodView> pods, Predicate<PodView> which) {
        return pods.stream()
                .filter(pod -> pod.pod().ready())
                .filter(which)
                .map(pod -> pod.pod().name())
                .sorted()
                .toList();
    }
}
