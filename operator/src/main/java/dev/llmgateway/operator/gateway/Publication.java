package dev.llmgateway.operator.gateway;

import dev.llmgateway.crds.plan.BundleInput;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.LeftOut;
import dev.llmgateway.crds.plan.PlanIndex;
import dev.llmgateway.crds.plan.UnusedParts;
import dev.llmgateway.crds.resource.GatewayConfig;
import dev.llmgateway.operator.apply.BundleWriter;
import dev.llmgateway.operator.apply.ForeignObjectException;
import dev.llmgateway.operator.snapshot.GatewayVerdict;
import dev.llmgateway.operator.status.Replica;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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

    /// An invalid gateway keeps its last bundle.
    Published publish(GatewayConfig gateway, GatewayVerdict verdict, List<Replica> pods)
            throws InterruptedException {
        GatewayPlan plan = verdict.plan();
        if (plan == null) {
            return Published.NOTHING;
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
            ledger.published(
                    plan, written.leftOut(), written.index().revision(), written.flipped());
            return new Published(written.index(), written.leftOut(), written.unused(), "");
        } catch (ForeignObjectException taken) {
            return new Published(
                    PlanIndex.NONE, List.of(), false, String.valueOf(taken.getMessage()));
        }
    }
}
