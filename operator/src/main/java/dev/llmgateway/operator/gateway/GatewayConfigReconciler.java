package dev.llmgateway.operator.gateway;

import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.resource.GatewayConfig;
import dev.llmgateway.crds.resource.GatewayConfigStatus;
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
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Renders everything that points at one gateway into its bundle, at most ten times a second, runs
/// its pods, follows what they tell, and reports the gateway.
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
    private final GatewayWork work;
    private final StatusReport reports;
    private final Clock clock;

    public GatewayConfigReconciler(
            World world, GatewayWork work, StatusReport reports, Clock clock) {
        this.world = world;
        this.work = work;
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, GatewayConfig>> prepareEventSources(
            EventSourceContext<GatewayConfig> context) {
        Nudges<GatewayConfig> nudges = new Nudges<>();
        world.onGateway(ref -> {
            if (world.gateway(ref).isEmpty()) {
                work.forget(ref);
            } else {
                work.propagation().begins(ref);
            }
        });
        world.onGateway(nudges::nudge);
        world.workload()
                .onObjects(ref -> {
                    work.sites().doubt(ref);
                    nudges.nudge(ref);
                });
        work.replicas().onChange(nudges::nudge);
        return List.of(nudges);
    }

    @Override
    public UpdateControl<GatewayConfig> reconcile(
            GatewayConfig gateway, Context<GatewayConfig> context) throws InterruptedException {
        ObjectRef ref =
                new ObjectRef(
                        gateway.getMetadata().getNamespace(), gateway.getMetadata().getName());
        var known = world.gateway(ref).filter(verdict -> isOf(verdict, gateway));
        if (known.isEmpty()) {
            return UpdateControl.noUpdate(); // the judge has not seen it yet, and will nudge
        }
        GatewayVerdict verdict = known.get();
        Pause pause = new Pause();

        work.checkpoints().restore(gateway, ref);
        Site site = work.sites().settle(gateway, ref, verdict.plan());
        pause.atMost(site.again());

        var published =
                work.publication().publish(gateway, verdict, site.idKey(), work.replicas().of(ref));
        pause.atMost(published.again());

        if (!site.adminToken().isEmpty()) {
            work.replicas().follow(ref, site.adminToken());
        }
        List<Replica> pods = work.replicas().of(ref);
        work.propagation().published(ref, published.index().revision(), pods);
        boolean untold = work.vitals().look(ref, Facts.members(verdict.plan()));
        boolean unkept = work.checkpoints().keep(gateway, ref, verdict);
        pause.atMost(untold || unkept ? Checkpoints.APART : null);

        Instant now = clock.instant();
        reports.report(
                gateway,
                new GatewayConfig(),
                GatewayStatus.of(
                        Facts.of(verdict, published, site, pods, work.vitals(), now),
                        gateway.getStatus(),
                        now),
                GatewayConfigStatus::conditions);
        return pause.control();
    }

    private static boolean isOf(GatewayVerdict verdict, GatewayConfig gateway) {
        return verdict.uid().equals(gateway.getMetadata().getUid())
                && verdict.generation() >= gateway.getMetadata().getGeneration();
    }
}
