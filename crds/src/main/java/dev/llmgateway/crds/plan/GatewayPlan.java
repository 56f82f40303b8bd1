package dev.llmgateway.crds.plan;

import java.util.List;

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
}
