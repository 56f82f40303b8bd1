package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.GatewayKeySpec;
import dev.llmgateway.crds.api.UpstreamAccountSpec;
import dev.llmgateway.crds.plan.NamespaceSet;
import java.util.List;

/// The four consents of spec/resources.md. The gateway's two decide whether an object takes part;
/// the account's and the key's travel in the plan.
final class Consent {
    private Consent() {}

    /// Account's namespace -> gateway.
    static void checkAccount(Subject<UpstreamAccountSpec> account, GatewayDraft gateway) {
        if (!gateway.allowedAccounts().contains(account.namespace())) {
            refuse(account, gateway, "allowedAccounts");
        }
    }

    /// Key's namespace -> gateway.
    static void checkKey(Subject<GatewayKeySpec> key, GatewayDraft gateway) {
        if (!gateway.allowedKeys().contains(key.namespace())) {
            refuse(key, gateway, "allowedKeys");
        }
    }

    /// Key's namespace -> account: whose keys may spend it, among those the gateway admits.
    static NamespaceSet consumers(
            Subject<UpstreamAccountSpec> account, GatewayDraft gateway, Namespaces known) {
        NamespaceSet own =
                known.resolve(account.spec().allowedConsumers().namespaces(), account.namespace());
        return Namespaces.intersection(own, gateway.allowedKeys());
    }

    /// Account's namespace -> key: whose accounts may see its prompts.
    static NamespaceSet accountNamespaces(
            Subject<GatewayKeySpec> key, GatewayDraft gateway, Namespaces known) {
        GatewayKeySpec.AccountNamespaces consent = key.spec().permissions().accountNamespaces();
        return switch (consent.from()) {
            case Trusted ->
                    Namespaces.union(
                            gateway.trustedAccounts(),
                            List.of(key.namespace(), gateway.ref().namespace()));
            case All -> new NamespaceSet.All();
            case Selector ->
                    consent.selector() == null
                            ? NamespaceSet.of(List.of())
                            : known.selected(consent.selector());
        };
    }

    /// The YAML that admits one namespace.
    static String admitting(String namespace) {
        return "namespaces: {from: Selector, selector: {matchLabels: {"
                + Namespaces.NAME_LABEL
                + ": "
                + namespace
                + "}}}";
    }

    private static void refuse(Subject<?> subject, GatewayDraft gateway, String field) {
        subject.findings()
                .error(
                        Reason.NotPermitted,
                        "spec.gatewayRef",
                        "the gateway does not admit namespace "
                                + subject.namespace()
                                + "; add to GatewayConfig "
                                + gateway.ref()
                                + " `spec: {"
                                + field
                                + ": {"
                                + admitting(subject.namespace())
                                + "}}`");
    }
}
