package dev.llmgateway.operator.account;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.resource.UpstreamAccount;
import dev.llmgateway.crds.resource.UpstreamAccountStatus;
import dev.llmgateway.operator.apply.MeaningfulChange;
import dev.llmgateway.operator.apply.StatusReport;
import dev.llmgateway.operator.fleet.AccountHealth;
import dev.llmgateway.operator.gateway.Ledger;
import dev.llmgateway.operator.gateway.Vitals;
import dev.llmgateway.operator.oauth.OAuthDesk;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Reports one account, and has its sign-in looked after. Its entry reaches the gateways with its
/// gateway's bundle.
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
    private final Vitals vitals;
    private final OAuthDesk oauth;
    private final StatusReport reports;
    private final Clock clock;

    public UpstreamAccountReconciler(
            World world,
            Ledger ledger,
            Vitals vitals,
            OAuthDesk oauth,
            StatusReport reports,
            Clock clock) {
        this.world = world;
        this.ledger = ledger;
        this.vitals = vitals;
        this.oauth = oauth;
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, UpstreamAccount>> prepareEventSources(
            EventSourceContext<UpstreamAccount> context) {
        Nudges<UpstreamAccount> nudges = new Nudges<>();
        world.onAccount(nudges::nudge);
        ledger.onAccount(nudges::nudge);
        vitals.onAccount(nudges::nudge);
        oauth.onAccount(nudges::nudge);
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
        Optional<AccountHealth> health = vitals.health(verdict.uid());
        AccountFacts facts =
                Facts.of(
                        account,
                        verdict,
                        ledger.account(verdict.gateway(), ref, Facts.known(account, verdict)),
                        verdict.entry() == null ? Optional.empty() : health,
                        vitals.account(verdict.uid()),
                        oauth.look(account, health.map(AccountHealth::refused).orElse(Set.of())));
        reports.report(
                account,
                new UpstreamAccount(),
                AccountStatus.of(facts, account.getStatus(), clock.instant()),
                UpstreamAccountStatus::conditions);
    }
}
