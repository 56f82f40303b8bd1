package dev.llmgateway.crds.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What one gateway serves: the data plane's whole view of the world, immutable, without secrets.
///
/// @param accounts sorted by reference; consent of the gateway is already applied
/// @param keys sorted by reference
/// @param routes the gateway's enabled model routes
/// @param catalog the effective catalogue: ConfigMap entries before the built-in ones
public record GatewayPlan(
        ObjectRef gateway,
        GatewaySettings settings,
        List<AccountPlan> accounts,
        List<KeyPlan> keys,
        List<RoutePlan> routes,
        List<CatalogEntry> catalog) {
    public GatewayPlan {
        accounts = List.copyOf(accounts);
        keys = List.copyOf(keys);
        routes = List.copyOf(routes);
        catalog = List.copyOf(catalog);
    }

    /// With every account where its provider moved it to: base URLs that travel beside tokens
    /// replace those of the plan, where the profile permits their hosts.
    ///
    /// @param values that belong to this plan, by name
    public GatewayPlan located(Function<CredentialRef, Optional<String>> values) {
        List<AccountPlan> located =
                accounts.stream().map(account -> account.located(values)).toList();
        return located.equals(accounts)
                ? this
                : new GatewayPlan(gateway, settings, located, keys, routes, catalog);
    }
}
