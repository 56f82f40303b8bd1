package dev.llmgateway.runtime.source;

import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.runtime.exchange.LoadReport;
import dev.llmgateway.runtime.source.oauth.SignedIn;
import java.util.List;
import java.util.Map;

/// Where a source's plans and reports go.
public interface PlanSink {
    /// A plan that differs from the last one is to be put in force.
    void apply(String revision, GatewayPlan plan, Map<CredentialRef, String> credentials);

    /// After every look at the source.
    ///
    /// @param keys generated keys the plan uses
    void report(LoadReport report, List<KeptKey> keys);

    /// After every look at a folder.
    ///
    /// @param accounts whose tokens this process keeps fresh
    default void signIns(List<SignedIn> accounts) {}
}
