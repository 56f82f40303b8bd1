package dev.llmgateway.operator.key;

import dev.llmgateway.crds.plan.KeyHash;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.resource.GatewayKey;
import dev.llmgateway.crds.resource.GatewayKeyStatus;
import dev.llmgateway.operator.apply.MeaningfulChange;
import dev.llmgateway.operator.apply.StatusReport;
import dev.llmgateway.operator.gateway.Ledger;
import dev.llmgateway.operator.gateway.Vitals;
import dev.llmgateway.operator.snapshot.Nudges;
import dev.llmgateway.operator.snapshot.World;
import dev.llmgateway.operator.status.KeyFacts;
import dev.llmgateway.operator.status.KeyFacts.SecretState;
import dev.llmgateway.operator.status.KeyStatus;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Generates, rotates and reports one key. Its entry reaches the gateways with its gateway's
/// bundle.
@ControllerConfiguration(
        name = "keys",
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = MeaningfulChange.class),
        maxReconciliationInterval =
                @MaxReconciliationInterval(interval = 10, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 200, intervalMultiplier = 2, maxInterval = 60000)
public class GatewayKeyReconciler implements Reconciler<GatewayKey> {
    private final World world;
    private final KeySecrets secrets;
    private final Ledger ledger;
    private final Vitals vitals;
    private final StatusReport reports;
    private final Clock clock;

    public GatewayKeyReconciler(
            World world,
            KeySecrets secrets,
            Ledger ledger,
            Vitals vitals,
            StatusReport reports,
            Clock clock) {
        this.world = world;
        this.secrets = secrets;
        this.ledger = ledger;
        this.vitals = vitals;
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, GatewayKey>> prepareEventSources(
            EventSourceContext<GatewayKey> context) {
        Nudges<GatewayKey> nudges = new Nudges<>();
        world.onKey(nudges::nudge);
        ledger.onKey(nudges::nudge);
        vitals.onKey(nudges::nudge);
        return List.of(nudges);
    }

    @Override
    public UpdateControl<GatewayKey> reconcile(GatewayKey key, Context<GatewayKey> context) {
        ObjectRef ref =
                new ObjectRef(key.getMetadata().getNamespace(), key.getMetadata().getName());
        var verdict =
                world.key(ref)
                        .filter(known -> known.uid().equals(key.getMetadata().getUid()))
                        .filter(known -> known.generation() >= key.getMetadata().getGeneration());
        if (verdict.isEmpty()) {
            return UpdateControl.noUpdate(); // the judge has not seen it yet, and will nudge
        }
        SecretState secret =
                verdict.get().refused() ? KeySecrets.withheld(key) : secrets.settle(key);
        Instant now = clock.instant();
        KeyFacts facts =
                Facts.of(
                        key,
                        verdict.get(),
                        secret,
                        ledger.key(verdict.get().gateway(), ref, Facts.known(key, verdict.get())),
                        vitals.key(verdict.get().uid()),
                        now);
        reports.report(
                key,
                new GatewayKey(),
                KeyStatus.of(facts, key.getStatus(), now),
                GatewayKeyStatus::conditions);
        return again(verdict.get().entry(), now);
    }

    /// When time alone changes the status: the key ends, or its former digest does.
    private static UpdateControl<GatewayKey> again(@Nullable KeyPlan entry, Instant now) {
        UpdateControl<GatewayKey> control = UpdateControl.noUpdate();
        if (entry == null) {
            return control;
        }
        LongStream.concat(
                        LongStream.of(entry.expiresAtMillis()),
                        entry.hashes().stream().mapToLong(KeyHash::notAfterMillis))
                .map(end -> end - now.toEpochMilli())
                .filter(left -> left > 0)
                .min()
                .ifPresent(left -> control.rescheduleAfter(Duration.ofMillis(left + 1)));
        return control;
    }
}
