package dev.llmgateway.runtime.source;

import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.runtime.exchange.LoadReport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what a source says.
final class PlanRecorder implements PlanSink {
    /// One plan that was to be put in force.
    record Applied(String revision, GatewayPlan plan, Map<CredentialRef, String> credentials) {}

    final List<Applied> applied = new CopyOnWriteArrayList<>();
    final List<String> problems = new CopyOnWriteArrayList<>();
    volatile LoadReport report = LoadReport.NOTHING;
    volatile boolean refusing;

    @Override
    public void apply(String revision, GatewayPlan plan, Map<CredentialRef, String> credentials) {
        if (refusing) {
            throw new IllegalStateException("account x has no usable credential");
        }
        applied.add(new Applied(revision, plan, credentials));
    }

    @Override
    public void report(LoadReport now, List<KeptKey> keys) {
        report = now;
        problems.addAll(now.problems());
    }

    /// Of the plan that was last said to be in force, so what was said beside it can be seen too;
    /// empty: none yet.
    String revision() {
        return report.revision();
    }

    Applied last() {
        return applied.getLast();
    }
}
