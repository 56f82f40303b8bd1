package dev.llmgateway.operator.status;

import dev.llmgateway.crds.plan.IndexedPart;
import dev.llmgateway.crds.plan.LeftOut;
import dev.llmgateway.crds.plan.Revision;
import dev.llmgateway.crds.resource.Condition;
import dev.llmgateway.crds.resource.GatewayConfigStatus;
import dev.llmgateway.crds.resource.Reasons.AcceptedReason;
import dev.llmgateway.crds.resource.Reasons.DegradedReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The status of a gateway.
public final class GatewayStatus {
    private static final int MOST_REPLICAS = 50;
    private static final int NAMED = 10;

    private GatewayStatus() {}

    /// @param before that is replaced; null: none
    public static GatewayConfigStatus of(
            GatewayFacts facts, @Nullable GatewayConfigStatus before, Instant now) {
        List<Condition> former = before == null ? List.of() : before.conditions();
        Revision revision = facts.index().revision();
        return new GatewayConfigStatus(
                facts.generation(),
                revision.equals(Revision.NONE) ? null : revision.toString(),
                address(facts, before),
                summary(facts),
                config(facts),
                new GatewayConfigStatus.Accounts(
                        facts.accounts().total(),
                        facts.accounts().ready(),
                        facts.accounts().coolingDown(),
                        facts.accounts().credentialInvalid()),
                new GatewayConfigStatus.Keys(
                        facts.keys().total(), facts.keys().active(), facts.keys().expired()),
                facts.replicas().stream().limit(MOST_REPLICAS).map(GatewayStatus::replica).toList(),
                Conditions.since(former, findings(facts), facts.generation(), now));
    }

    private static @Nullable String address(
            GatewayFacts facts, @Nullable GatewayConfigStatus before) {
        if (!facts.address().isEmpty()) {
            return facts.address();
        }
        return before == null ? null : before.address();
    }

    private static GatewayConfigStatus.Summary summary(GatewayFacts facts) {
        List<Replica> behind = programming(facts).behind();
        long current = facts.replicas().stream().filter(Replica::ready).count() - behind.size();
        return new GatewayConfigStatus.Summary(
                facts.accounts().text(),
                facts.keys().text(),
                current + "/" + facts.replicas().size());
    }

    private static GatewayConfigStatus.Config config(GatewayFacts facts) {
        List<IndexedPart> parts = facts.index().parts();
        return new GatewayConfigStatus.Config(
                parts.stream().mapToLong(IndexedPart::bytes).sum(), parts.size());
    }

    private static GatewayConfigStatus.Replica replica(Replica replica) {
        return new GatewayConfigStatus.Replica(
                replica.pod(),
                replica.revision().equals(Revision.NONE) ? null : replica.revision().toString(),
                replica.appliedAt().isEmpty() ? null : replica.appliedAt());
    }

    private static Programming programming(GatewayFacts facts) {
        return new Programming(facts.index().revision(), facts.replicas());
    }

    private static List<Finding> findings(GatewayFacts facts) {
        List<Finding> counting = new ArrayList<>();
        counting.add(accepted(facts));
        Conditions.resolvedRefs(facts.remarks(), facts.compiled()).ifPresent(counting::add);
        counting.add(programming(facts).finding());
        List<Finding> all = new ArrayList<>(counting);
        all.add(degraded(facts));
        return Conditions.withReady(all, counting, false);
    }

    private static Finding accepted(GatewayFacts facts) {
        if (!facts.conflicts().isEmpty()) {
            return Finding.bad(
                    Conditions.ACCEPTED,
                    AcceptedReason.Conflict,
                    String.join("; ", facts.conflicts()));
        }
        List<String> unsupported = new ArrayList<>(facts.problems());
        unsupported.addAll(facts.refused());
        Finding compiled = Conditions.accepted(facts.remarks());
        return unsupported.isEmpty() || compiled.fails()
                ? compiled
                : Finding.bad(
                        Conditions.ACCEPTED,
                        AcceptedReason.UnsupportedValue,
                        String.join("; ", unsupported));
    }

    private static Finding degraded(GatewayFacts facts) {
        if (!facts.leftOut().isEmpty()) {
            return Finding.good("Degraded", DegradedReason.ObjectsLeftOut, leftOut(facts));
        }
        if (facts.compiled() && facts.accounts().ready() == facts.accounts().coolingDown()) {
            return Finding.good(
                    "Degraded", DegradedReason.NoUsableAccount, "no account can serve a request");
        }
        List<Replica> behind = programming(facts).behind();
        return behind.isEmpty()
                ? Finding.bad("Degraded", DegradedReason.NotDegraded, "")
                : Finding.good(
                        "Degraded",
                        DegradedReason.PodsBehind,
                        "not on the newest revision: " + Programming.names(behind));
    }

    /// The first few; the status of each object says the same.
    private static String leftOut(GatewayFacts facts) {
        String named =
                facts.leftOut().stream()
                        .limit(NAMED)
                        .map(GatewayStatus::text)
                        .collect(Collectors.joining(", "));
        int more = facts.leftOut().size() - NAMED;
        return "left out: " + named + (more > 0 ? " and " + more + " more" : "");
    }

    private static String text(LeftOut object) {
        return object.kind() + " " + object.object() + " (" + object.message() + ")";
    }
}
