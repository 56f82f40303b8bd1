package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.plan.CatalogEntry;
import dev.llmgateway.crds.plan.EgressPlan;
import dev.llmgateway.crds.plan.GatewaySettings;
import dev.llmgateway.crds.plan.NamespaceSet;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.plan.RoutePlan;
import java.util.List;

/// A valid gateway before its accounts and keys are known.
///
/// @param egress what accounts without their own egress get
record GatewayDraft(
        Subject<GatewayConfigSpec> subject,
        GatewaySettings settings,
        EgressPlan egress,
        List<RoutePlan> routes,
        List<CatalogEntry> catalog,
        NamespaceSet allowedAccounts,
        NamespaceSet allowedKeys,
        NamespaceSet trustedAccounts) {
    ObjectRef ref() {
        return subject.ref();
    }

    GatewayConfigSpec spec() {
        return subject.spec();
    }

    AddressRules addressRules() {
        return new AddressRules(egress.allowPrivateNetworks(), egress.allowHosts());
    }
}
