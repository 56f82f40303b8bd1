package dev.llmgateway.operator.account;

import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.resource.Programmed;
import dev.llmgateway.crds.resource.UpstreamAccount;
import dev.llmgateway.crds.resource.UpstreamAccountStatus;
import dev.llmgateway.operator.apply.MeaningfulChange;
import dev.llmgateway.operator.apply.StatusReport;
import dev.llmgateway.operator.gateway.Ledger;
import dev.llmgateway.operator.snapshot.Nudges;
import dev.llmgateway.operator.snapshot.Verdict;
import dev.llmgateway.operator.snapshot.World;
import dev.llmgateway.operator.status.AccountFacts;
import dev.llmgateway.operator.status.AccountStatus;
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
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reports one account. Its entry reaches the gateways with its gateway's bundle.
@ControllerConfiguration(
        name = "accounts",
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = MeaningfulChange.class),
        maxReconciliationInterval =
                @MaxReconciliationInterval(interval = 10, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 200, intervalMultiplier = 2, maxInterval = 60000)
public class UpstreamAccountReconciler implements Reconciler<UpstreamAccount> {
    private final World world;
    private final Ledger ledger;
    private final StatusReport reports;
    private final Clock clock;

    public UpstreamAccountReconciler(
            World world, Ledger ledger, StatusReport reports, Clock clock) {
        this.world = world;
        this.ledger = ledger;
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, UpstreamAccount>> prepareEventSources(
            EventSourceContext<UpstreamAccount> context) {
        Nudges<UpstreamAccount> nudges = new Nudges<>();
        world.onAccount(nudges::nudge);
        ledger.onAccount(nudges::nudge);
        return List.of(nudges);
    }

    @Override
    public UpdateControl<UpstreamAccount> reconcile(
            UpstreamAccount account, Context<UpstreamAccount> context) {
        ObjectRef ref =
                new ObjectRef(
                        account.getMetadata().getNamespace(), account.getMetadata().getName());
        world.account(ref)
                .filter(verdict -> verdict.uid().equals(account.getMetadata().getUid()))
                .filter(verdict -> verdict.generation() >= account.getMetadata().getGeneration())
                .ifPresent(verdict -> report(account, ref, verdict));
        return UpdateControl.noUpdate();
    }

    private void report(UpstreamAccount account, ObjectRef ref, Verdict<AccountPlan> verdict) {
        UpstreamAccountStatus before = account.getStatus();
        AccountPlan entry = verdict.entry();
        AccountFacts facts =
                new AccountFacts(
                        verdict.generation(),
                        verdict.remarks(),
                        entry != null,
                        account.getSpec() != null && account.getSpec().suspended(),
                        type(account),
                        verdict.material().fingerprint(),
                        verdict.material().version(),
                        ledger.account(verdict.gateway(), ref, known(before, verdict)));
        reports.report(
                account,
                new UpstreamAccount(),
                AccountStatus.of(facts, before, clock.instant()),
                UpstreamAccountStatus::conditions);
    }

    private static @Nullable Programmed known(
            @Nullable UpstreamAccountStatus before, Verdict<AccountPlan> verdict) {
        return before != null
                        && before.observedGeneration() != null
                        && before.observedGeneration() == verdict.generation()
                ? before.programmed()
                : null;
    }

    private static String type(UpstreamAccount account) {
        Auth auth = account.getSpec() == null ? null : account.getSpec().auth();
        if (auth == null || auth.none() != null) {
            return "None";
        }
        if (auth.passthrough() != null) {
            return "Passthrough";
        }
        return auth.oauth() == null ? "APIKey" : "OAuth";
    }
}
