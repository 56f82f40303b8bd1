package dev.llmgateway.operator.gateway;

import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.operator.fleet.AccountHealth;
import dev.llmgateway.operator.fleet.Fleet;
import dev.llmgateway.operator.fleet.PodView;
import dev.llmgateway.operator.fleet.ReportPage;
import dev.llmgateway.operator.fleet.UsageLedger;
import dev.llmgateway.operator.snapshot.Workload;
import dev.llmgateway.operator.status.Replica;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The pods that Kubernetes runs, as they report themselves.
public final class FollowedPods implements Replicas {
    private final Workload workload;
    private final List<Consumer<ObjectRef>> listeners = new CopyOnWriteArrayList<>();
    private final Fleet fleet;

    public FollowedPods(Workload workload, Clock clock) {
        this.workload = workload;
        fleet =
                new Fleet(
                        clock, gateway -> listeners.forEach(listener -> listener.accept(gateway)));
    }

    @Override
    public List<Replica> of(ObjectRef gateway) {
        return fleet.view(gateway).pods().stream().map(FollowedPods::replica).toList();
    }

    private static Replica replica(PodView view) {
        long applied = view.report().map(ReportPage::appliedAtMillis).orElse(0L);
        return new Replica(
                view.pod().name(),
                view.pod().ready(),
                view.revision(),
                applied == 0 ? "" : Instant.ofEpochMilli(applied).toString());
    }

    @Override
    public void onChange(Consumer<ObjectRef> heard) {
        listeners.add(heard);
        workload.onPods(heard);
    }

    @Override
    public void follow(ObjectRef gateway, String token) {
        fleet.follow(gateway, workload.pods(gateway), token);
    }

    @Override
    public void restore(ObjectRef gateway, UsageLedger checkpoint) {
        fleet.restore(gateway, checkpoint);
    }

    @Override
    public Optional<AccountHealth> account(ObjectRef gateway, String uid) {
        return fleet.view(gateway).account(uid);
    }

    @Override
    public UsageLedger usage(ObjectRef gateway) {
        return fleet.view(gateway).usage();
    }

    @Override
    public void forget(ObjectRef gateway) {
        fleet.forget(gateway);
    }

    @Override
    public void close() {
        fleet.close();
    }
}
