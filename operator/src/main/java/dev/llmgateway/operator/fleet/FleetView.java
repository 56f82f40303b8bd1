package dev.llmgateway.operator.fleet;

import dev.llmgateway.crds.plan.Revision;
import dev.llmgateway.crds.resource.GatewayConfigStatus.Replica;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What is known of all pods of one gateway, as of one moment.
public record FleetView(List<PodView> pods, UsageLedger usage) {
    /// Most entries a status lists.
    private static final int MOST_REPLICAS = 50;

    public static final FleetView EMPTY = new FleetView(List.of(), UsageLedger.EMPTY);

    public FleetView {
        pods = pods.stream().sorted(Comparator.comparing(pod -> pod.pod().name())).toList();
    }

    public int readyPods() {
        return (int) pods.stream().filter(pod -> pod.pod().ready()).count();
    }

    public Acknowledgements acknowledgements(Revision wanted) {
        return Acknowledgements.of(pods, wanted);
    }

    /// Revisions of the ready pods, for `UnusedParts`; a pod not heard of runs `NONE`.
    public List<Revision> acknowledged() {
        return pods.stream().filter(pod -> pod.pod().ready()).map(PodView::revision).toList();
    }

    /// Of any pod, ready or not: the next revision must be higher.
    public Revision highest() {
        return pods.stream()
                .map(PodView::revision)
                .max(Comparator.naturalOrder())
                .orElse(Revision.NONE);
    }

    /// Empty: no ready pod has told of it yet.
    public Optional<AccountHealth> account(String uid) {
        return AccountHealth.of(pods, uid);
    }

    public List<Replica> replicas() {
        return pods.stream().limit(MOST_REPLICAS).map(FleetView::replica).toList();
    }

    private static Replica replica(PodView pod) {
        boolean runs = pod.revision().compareTo(Revision.NONE) > 0;
        long applied = pod.report().map(ReportPage::appliedAtMillis).orElse(0L);
        return new Replica(
                pod.pod().name(),
                runs ? pod.revision().toString() : null,
                runs ? Instant.ofEpochMilli(applied).toString() : null);
    }
}
