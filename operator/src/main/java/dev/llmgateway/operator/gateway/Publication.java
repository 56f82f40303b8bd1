package dev.llmgateway.operator.gateway;

import dev.llmgateway.crds.plan.BundleInput;
import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.Emptiable;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.LeftOut;
import dev.llmgateway.crds.plan.PlanBundle;
import dev.llmgateway.crds.plan.PlanIndex;
import dev.llmgateway.crds.plan.UnusedParts;
import dev.llmgateway.crds.resource.GatewayConfig;
import dev.llmgateway.operator.apply.BundleWriter;
import dev.llmgateway.operator.apply.ForeignObjectException;
import dev.llmgateway.operator.snapshot.GatewayVerdict;
import dev.llmgateway.operator.snapshot.Standing;
import dev.llmgateway.operator.status.Replica;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes verdicts as bundles, and tells the ledger.
public final class Publication {
    private final BundleWriter bundles;
    private final Ledger ledger;
    private final Clock clock;

    public Publication(BundleWriter bundles, Ledger ledger, Clock clock) {
        this.bundles = bundles;
        this.ledger = ledger;
        this.clock = clock;
    }

    /// What came of writing.
    ///
    /// @param unused whether parts hold content that no index names
    /// @param conflict why nothing could be written; empty: it could
    record Published(PlanIndex index, List<LeftOut> leftOut, boolean unused, String conflict) {
        static final Published NOTHING = new Published(PlanIndex.NONE, List.of(), false, "");

        /// When to look again though nothing has happened; null: never.
        @Nullable Duration again() {
            return unused ? Duration.ofMillis(UnusedParts.QUIET_MILLIS + 1000) : null;
        }
    }

    /// An invalid gateway keeps its last bundle, less what was revoked since.
    ///
    /// @param idKey that ids of stored responses are sealed with; empty: not known
    Published publish(
            GatewayConfig gateway, GatewayVerdict verdict, String idKey, List<Replica> pods)
            throws InterruptedException {
        int ready = (int) pods.stream().filter(Replica::ready).count();
        Optional<BundleInput> input = input(gateway, verdict, idKey, ready);
        if (input.isEmpty()) {
            return Published.NOTHING;
        }
        try {
            var written =
                    bundles.write(
                            gateway,
                            input.get(),
                            Facts.revision(gateway.getStatus()),
                            pods.stream().filter(Replica::ready).map(Replica::revision).toList());
            ledger.published(
                    input.get().plan(),
                    written.leftOut(),
                    written.index().revision(),
                    written.flipped());
            return new Published(written.index(), written.leftOut(), written.unused(), "");
        } catch (ForeignObjectException taken) {
            return new Published(
                    PlanIndex.NONE, List.of(), false, String.valueOf(taken.getMessage()));
        }
    }

    private Optional<BundleInput> input(
            GatewayConfig gateway, GatewayVerdict verdict, String idKey, int ready) {
        GatewayPlan plan = verdict.plan();
        return plan != null
                ? Optional.of(
                        new BundleInput(
                                plan,
                                withIdKey(plan, verdict.credentials(), idKey),
                                verdict.createdMillis(),
                                verdict.allowEmpty(),
                                ready,
                                clock.millis()))
                : bundles.published(gateway)
                        .map(verdict.standing()::of)
                        .map(left -> unchanged(left, ready));
    }

    private static Map<CredentialRef, String> withIdKey(
            GatewayPlan plan, Map<CredentialRef, String> credentials, String idKey) {
        Map<CredentialRef, String> all = new HashMap<>(credentials);
        if (!idKey.isEmpty()) {
            all.put(Standing.idKey(plan), idKey);
        }
        return all;
    }

    private BundleInput unchanged(PlanBundle bundle, int ready) {
        GatewayPlan left = bundle.plan();
        Set<Emptiable> empty = EnumSet.noneOf(Emptiable.class);
        if (left.accounts().isEmpty()) {
            empty.add(Emptiable.Accounts);
        }
        if (left.keys().isEmpty()) {
            empty.add(Emptiable.Keys);
        }
        return new BundleInput(left, bundle.credentials(), Map.of(), empty, ready, clock.millis());
    }
}
