package dev.llmgateway.operator.gateway;

import dev.llmgateway.crds.plan.BundleInput;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.LeftOut;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.plan.PlanIndex;
import dev.llmgateway.crds.plan.Revision;
import dev.llmgateway.crds.plan.UnusedParts;
import dev.llmgateway.crds.resource.GatewayConfig;
import dev.llmgateway.crds.resource.GatewayConfigStatus;
import dev.llmgateway.operator.apply.BundleWriter;
import dev.llmgateway.operator.apply.ForeignObjectException;
import dev.llmgateway.operator.apply.MeaningfulChange;
import dev.llmgateway.operator.apply.StatusReport;
import dev.llmgateway.operator.snapshot.GatewayVerdict;
import dev.llmgateway.operator.snapshot.Nudges;
import dev.llmgateway.operator.snapshot.World;
import dev.llmgateway.operator.status.GatewayStatus;
import dev.llmgateway.operator.status.Replica;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimited;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Renders everything that points at one gateway into its bundle, at most ten times a second, and
/// reports the gateway.
@ControllerConfiguration(
        name = "gateways",
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = MeaningfulChange.class),
        maxReconciliationInterval =
                @MaxReconciliationInterval(interval = 10, timeUnit = TimeUnit.MINUTES))
@RateLimited(maxReconciliations = 1, within = 100, unit = TimeUnit.MILLISECONDS)
@GradualRetry(maxAttempts = -1, initialInterval = 200, intervalMultiplier = 2, maxInterval = 60000)
public class GatewayConfigReconciler implements Reconciler<GatewayConfig> {
    private final World world;
    private final BundleWriter bundles;
    private final Ledger ledger;
    private final Replicas replicas;
    private final StatusReport reports;
    private final Clock clock;

    public GatewayConfigReconciler(
            World world,
            BundleWriter bundles,
            Ledger ledger,
            Replicas replicas,
            StatusReport reports,
            Clock clock) {
        this.world = world;
        this.bundles = bundles;
        this.ledger = ledger;
        this.replicas = replicas;
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, GatewayConfig>> prepareEventSources(
            EventSourceContext<GatewayConfig> context) {
        Nudges<GatewayConfig> nudges = new Nudges<>();
        world.onGateway(nudges::nudge);
        replicas.onChange(nudges::nudge);
        world.onGateway(ref -> {
            if (world.gateway(ref).isEmpty()) {
                ledger.withdrawn(ref);
            }
        });
        return List.of(nudges);
    }

    @Override
    public UpdateControl<GatewayConfig> reconcile(
            GatewayConfig gateway, Context<GatewayConfig> context) throws InterruptedException {
        ObjectRef ref =
                new ObjectRef(
                        gateway.getMetadata().getNamespace(), gateway.getMetadata().getName());
        var verdict = world.gateway(ref).filter(known -> isOf(known, gateway));
        if (verdict.isEmpty()) {
            return UpdateControl.noUpdate(); // the judge has not seen it yet, and will nudge
        }
        List<Replica> pods = replicas.of(ref);
        Published published = publish(gateway, verdict.get(), pods);
        var facts = Facts.of(verdict.get(), published, pods, clock.instant());
        reports.report(
                gateway,
                new GatewayConfig(),
                GatewayStatus.of(facts, gateway.getStatus(), clock.instant()),
                GatewayConfigStatus::conditions);
        return published.unused()
                ? UpdateControl.<GatewayConfig>noUpdate()
                        .rescheduleAfter(Duration.ofMillis(UnusedParts.QUIET_MILLIS + 1000))
                : UpdateControl.noUpdate();
    }

    private static boolean isOf(GatewayVerdict verdict, GatewayConfig gateway) {
        return verdict.uid().equals(gateway.getMetadata().getUid())
                && verdict.generation() >= gateway.getMetadata().getGeneration();
    }

    /// What came of writing.
    ///
    /// @param conflict why nothing could be written; empty: it could
    record Published(PlanIndex index, List<LeftOut> leftOut, boolean unused, String conflict) {}

    /// An invalid gateway keeps its last bundle.
    private Published publish(GatewayConfig gateway, GatewayVerdict verdict, List<Replica> pods)
            throws InterruptedException {
        GatewayPlan plan = verdict.plan();
        if (plan == null) {
            return new Published(PlanIndex.NONE, List.of(), false, "");
        }
        List<Replica> ready = pods.stream().filter(Replica::ready).toList();
        BundleInput input =
                new BundleInput(
                        plan,
                        verdict.credentials(),
                        verdict.createdMillis(),
                        verdict.allowEmpty(),
                        ready.size(),
                        clock.millis());
        try {
            var written =
                    bundles.write(
                            gateway,
                            input,
                            Facts.revision(gateway.getStatus()),
                            ready.stream().map(Replica::revision).toList());
            Revision revision = written.index().revision();
            ledger.published(plan, written.leftOut(), revision, written.flipped());
            return new Published(written.index(), written.leftOut(), written.unused(), "");
        } catch (ForeignObjectException taken) {
            return new Published(
                    PlanIndex.NONE, List.of(), false, String.valueOf(taken.getMessage()));
        }
    }
}
