package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.GatewayKeySpec;
import dev.llmgateway.crds.api.UpstreamAccountSpec;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.KeyPlan;
import java.util.Comparator;
import java.util.List;

/// One gateway with everything that belongs to it.
///
/// @param accounts sorted by reference
/// @param keys sorted by reference
record Assembly(
        GatewayDraft draft,
        List<AccountPlan> accounts,
        List<Member<GatewayKeySpec, KeyPlan>> keys) {

    static Assembly of(
            GatewayDraft draft,
            List<Member<UpstreamAccountSpec, AccountPlan>> accounts,
            List<Member<GatewayKeySpec, KeyPlan>> keys) {
        return new Assembly(
                draft,
                accounts.stream()
                        .filter(account -> account.gateway().ref().equals(draft.ref()))
                        .map(Member::plan)
                        .sorted(Comparator.comparing(AccountPlan::ref))
                        .toList(),
                keys.stream()
                        .filter(key -> key.gateway().ref().equals(draft.ref()))
                        .sorted(Comparator.comparing(key -> key.plan().ref()))
                        .toList());
    }

    GatewayPlan plan() {
        return new GatewayPlan(
                draft.ref(),
                draft.settings(),
                accounts,
                keys.stream().map(Member::plan).toList(),
                draft.routes(),
                draft.catalog());
    }

    /// Says what is valid and still leads nowhere.
    void warn() {
        RouteCompiler.warnOfEmptyPools(
                draft.spec().modelRoutes(), accounts, account -> true, draft.subject().findings());
        for (Member<GatewayKeySpec, KeyPlan> key : keys) {
            RouteCompiler.warnOfEmptyPools(
                    key.subject().spec().modelRoutes(),
                    accounts,
                    account -> mayUse(key.plan(), account),
                    key.subject().findings());
            warnOfMissingConsent(key);
        }
    }

    /// Whether both the account's and the key's consent hold.
    static boolean mayUse(KeyPlan key, AccountPlan account) {
        return account.consumers().contains(key.ref().namespace())
                && key.accountNamespaces().contains(account.ref().namespace());
    }

    /// The message names no account: a tenant does not learn of others'.
    private void warnOfMissingConsent(Member<GatewayKeySpec, KeyPlan> key) {
        if (accounts.isEmpty()
                || accounts.stream().anyMatch(account -> mayUse(key.plan(), account))) {
            return;
        }
        key.subject()
                .findings()
                .warning(
                        Reason.NotPermitted,
                        "spec.permissions.accountNamespaces",
                        "no account may serve this key; its accounts need `spec:"
                                + " {allowedConsumers: {"
                                + Consent.admitting(key.subject().namespace())
                                + "}}`, and this key `spec: {permissions: {accountNamespaces:"
                                + " {from: All}}}` or a Selector for their namespaces");
    }
}
