package dev.llmgateway.operator.gateway;

import dev.llmgateway.crds.compile.Diagnostic;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.LeftOut;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.plan.Revision;
import dev.llmgateway.crds.resource.GatewayConfigStatus;
import dev.llmgateway.operator.snapshot.GatewayVerdict;
import dev.llmgateway.operator.status.GatewayFacts;
import dev.llmgateway.operator.status.Replica;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A verdict and its publication, counted.
final class Facts {
    private Facts() {}

    static GatewayFacts of(
            GatewayVerdict verdict,
            GatewayConfigReconciler.Published published,
            List<Replica> pods,
            Instant now) {
        GatewayPlan plan = verdict.plan();
        Set<ObjectRef> out =
                published.leftOut().stream().map(LeftOut::object).collect(Collectors.toSet());
        List<Diagnostic> remarks = verdict.remarks();
        return new GatewayFacts(
                verdict.generation(),
                remarks,
                plan != null,
                published.conflict(),
                published.index(),
                published.leftOut(),
                new GatewayFacts.Tally(
                        verdict.accounts(), plan == null ? 0 : usableAccounts(plan, out), 0),
                plan == null
                        ? new GatewayFacts.Tally(verdict.keys(), 0, 0)
                        : keys(plan, verdict.keys(), out, now.toEpochMilli()),
                pods);
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

    private static int usableAccounts(GatewayPlan plan, Set<ObjectRef> out) {
        return (int)
                plan.accounts().stream()
                        .filter(account -> !account.suspended())
                        .map(AccountPlan::ref)
                        .filter(ref -> !out.contains(ref))
                        .count();
    }

    private static GatewayFacts.Tally keys(
            GatewayPlan plan, int total, Set<ObjectRef> out, long now) {
        List<KeyPlan> in = plan.keys().stream().filter(key -> !out.contains(key.ref())).toList();
        long expired = in.stream().filter(key -> expired(key, now)).count();
        long usable = in.stream().filter(key -> !key.suspended() && !expired(key, now)).count();
        return new GatewayFacts.Tally(total, (int) usable, (int) expired);
    }

    private static boolean expired(KeyPlan key, long now) {
        return key.expiresAtMillis() != 0 && key.expiresAtMillis() <= now;
    }
}
