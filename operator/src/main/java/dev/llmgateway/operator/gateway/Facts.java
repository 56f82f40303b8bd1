package dev.llmgateway.operator.gateway;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.LeftOut;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.plan.Revision;
import dev.llmgateway.crds.resource.GatewayConfigStatus;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.State;
import dev.llmgateway.operator.fleet.AccountHealth;
import dev.llmgateway.operator.snapshot.GatewayVerdict;
import dev.llmgateway.operator.status.GatewayFacts;
import dev.llmgateway.operator.status.Replica;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A verdict and its publication, counted.
final class Facts {
    private Facts() {}

    static GatewayFacts of(
            GatewayVerdict verdict,
            Publication.Published published,
            Site site,
            List<Replica> pods,
            Vitals vitals,
            Instant now) {
        GatewayPlan plan = verdict.plan();
        Set<ObjectRef> out =
                published.leftOut().stream().map(LeftOut::object).collect(Collectors.toSet());
        List<String> conflicts = new ArrayList<>(site.conflicts());
        if (!published.conflict().isEmpty()) {
            conflicts.add(published.conflict());
        }
        return new GatewayFacts(
                verdict.generation(),
                verdict.remarks(),
                plan != null,
                conflicts,
                site.problems(),
                site.refused(),
                site.address(),
                published.index(),
                published.leftOut(),
                plan == null
                        ? new GatewayFacts.Accounts(verdict.accounts(), 0, 0, 0)
                        : accounts(plan, verdict.accounts(), out, vitals),
                plan == null
                        ? new GatewayFacts.Keys(verdict.keys(), 0, 0)
                        : keys(plan, verdict.keys(), out, now.toEpochMilli()),
                pods);
    }

    /// The accounts and keys of a plan; none without one.
    static Vitals.Members members(@Nullable GatewayPlan plan) {
        return plan == null
                ? new Vitals.Members(Map.of(), Map.of())
                : new Vitals.Members(
                        plan.accounts().stream()
                                .collect(Collectors.toMap(AccountPlan::uid, AccountPlan::ref)),
                        plan.keys().stream().collect(Collectors.toMap(KeyPlan::uid, KeyPlan::ref)));
    }

    /// `NONE`: no status names one.
    static Revision revision(@Nullable GatewayConfigStatus status) {
        if (status == null || status.revision() == null) {
            return Revision.NONE;
        }
        try {
            return Revision.parse(status.revision());
        } catch (IllegalArgumentException _) {
            return Revision.NONE;
        }
    }

    private static GatewayFacts.Accounts accounts(
            GatewayPlan plan, int total, Set<ObjectRef> out, Vitals vitals) {
        List<State> states =
                plan.accounts().stream()
                        .filter(account -> !account.suspended() && !out.contains(account.ref()))
                        .map(account -> vitals.health(account.uid()))
                        .map(health -> health.map(AccountHealth::state).orElse(State.Active))
                        .toList();
        int invalid = Collections.frequency(states, State.CredentialInvalid);
        return new GatewayFacts.Accounts(
                total,
                states.size() - invalid,
                Collections.frequency(states, State.CoolingDown),
                invalid);
    }

    private static GatewayFacts.Keys keys(
            GatewayPlan plan, int total, Set<ObjectRef> out, long now) {
        List<KeyPlan> in = plan.keys().stream().filter(key -> !out.contains(key.ref())).toList();
        long expired = in.stream().filter(key -> expired(key, now)).count();
        long usable = in.stream().filter(key -> !key.suspended() && !expired(key, now)).count();
        return new GatewayFacts.Keys(total, (int) usable, (int) expired);
    }

    private static boolean expired(KeyPlan key, long now) {
        return key.expiresAtMillis() != 0 && key.expiresAtMillis() <= now;
    }
}
