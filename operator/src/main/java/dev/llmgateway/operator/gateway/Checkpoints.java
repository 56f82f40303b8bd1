package dev.llmgateway.operator.gateway;

import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.resource.GatewayConfig;
import dev.llmgateway.operator.apply.ForeignObjectException;
import dev.llmgateway.operator.apply.Preconditioned;
import dev.llmgateway.operator.fleet.UsageCheckpoint;
import dev.llmgateway.operator.fleet.UsageLedger;
import dev.llmgateway.operator.owned.Labels;
import dev.llmgateway.operator.owned.Owner;
import dev.llmgateway.operator.snapshot.GatewayVerdict;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps what pods have counted in the ConfigMap `<gateway>-usage`, at most every ten seconds while
/// it changes (operator.md), so that a restarted operator goes on counting.
public final class Checkpoints {
    static final Duration APART = Duration.ofSeconds(10);

    private final Preconditioned writes;
    private final Replicas replicas;
    private final Clock clock;
    private final Map<String, Written> written = new ConcurrentHashMap<>();

    private record Written(UsageLedger ledger, String version, Instant at) {}

    public Checkpoints(KubernetesClient client, Replicas replicas, Clock clock) {
        writes = new Preconditioned(client);
        this.replicas = replicas;
        this.clock = clock;
    }

    /// Goes on from the last checkpoint when this process sees the gateway for the first time. Call
    /// it before its pods are followed.
    void restore(GatewayConfig gateway, ObjectRef ref) {
        written.computeIfAbsent(gateway.getMetadata().getUid(), _ -> read(gateway, ref));
    }

    private Written read(GatewayConfig gateway, ObjectRef ref) {
        try {
            var live = writes.read(gateway, shell(gateway));
            UsageLedger ledger =
                    UsageCheckpoint.read(
                                    Objects.requireNonNullElse(
                                            live.object().getBinaryData(), Map.of()))
                            .orElse(UsageLedger.EMPTY);
            replicas.restore(ref, ledger);
            return new Written(ledger, live.version(), clock.instant());
        } catch (ForeignObjectException _) {
            // Counting works without it; what is somebody else's stays untouched.
            return new Written(UsageLedger.EMPTY, "", Instant.MAX);
        }
    }

    /// Writes what has changed, if it is time: counters of what exists, and of everything while
    /// nobody can tell what does.
    ///
    /// @return whether something waits for its time
    boolean keep(GatewayConfig gateway, ObjectRef ref, GatewayVerdict verdict) {
        String uid = gateway.getMetadata().getUid();
        Written last = written.get(uid);
        UsageLedger now = kept(replicas.usage(ref), verdict);
        if (last == null || last.at().equals(Instant.MAX) || now.equals(last.ledger())) {
            return false;
        }
        if (clock.instant().isBefore(last.at().plus(APART))) {
            return true;
        }
        written.remove(uid); // whatever goes wrong: read it again
        ConfigMap checkpoint = shell(gateway);
        checkpoint.setBinaryData(UsageCheckpoint.binaryData(now));
        String version = writes.write(checkpoint, last.version());
        written.put(uid, new Written(now, version, clock.instant()));
        return false;
    }

    static UsageLedger kept(UsageLedger counted, GatewayVerdict verdict) {
        Set<String> known = verdict.createdMillis().keySet();
        return verdict.plan() == null ? counted : counted.only(known, known);
    }

    private static ConfigMap shell(GatewayConfig gateway) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(gateway.getMetadata().getNamespace())
                .withName(gateway.getMetadata().getName() + "-usage")
                .withLabels(Labels.ofGateway(gateway.getMetadata().getName()))
                .withOwnerReferences(Owner.of(gateway))
                .endMetadata()
                .build();
    }
}
