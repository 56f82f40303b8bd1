package dev.llmgateway.crds.plan;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// When the objects that a bundle no longer names may be emptied.
public final class UnusedParts {
    /// Mounts follow an index by up to 90 s (a kubelet's sync), so a pod that starts without the
    /// API server may still read the parts of the last one.
    public static final long QUIET_MILLIS = 180_000;

    private UnusedParts() {}

    /// @param filled objects that have content now
    /// @param acknowledged the revision of every ready pod
    /// @return those of `filled` to be emptied now, sorted
    public static List<PartName> toEmpty(
            PlanIndex live,
            Collection<PartName> filled,
            Collection<Revision> acknowledged,
            long nowMillis) {
        boolean behind = acknowledged.stream().anyMatch(pod -> pod.compareTo(live.revision()) < 0);
        if (behind || nowMillis - live.renderedAtMillis() < QUIET_MILLIS) {
            return List.of();
        }
        Set<PartName> named =
                live.parts().stream().map(IndexedPart::name).collect(Collectors.toSet());
        return filled.stream().filter(name -> !named.contains(name)).sorted().toList();
    }
}
