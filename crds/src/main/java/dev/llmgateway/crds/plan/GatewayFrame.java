package dev.llmgateway.crds.plan;

import java.util.List;

/// A plan without its accounts and keys: what a bundle keeps in the first part of the accounts.
public record GatewayFrame(
        ObjectRef gateway,
        GatewaySettings settings,
        List<RoutePlan> routes,
        List<CatalogEntry> catalog) {
    public GatewayFrame {
        routes = List.copyOf(routes);
        catalog = List.copyOf(catalog);
    }

    static GatewayFrame of(GatewayPlan plan) {
        return new GatewayFrame(plan.gateway(), plan.settings(), plan.routes(), plan.catalog());
    }

    GatewayFrame withCatalog(int entries) {
        return new GatewayFrame(gateway, settings, routes, catalog.subList(0, entries));
    }
}
