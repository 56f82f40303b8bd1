package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.ModelRoute;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.RoutePlan;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Model routes, the gateway's and a key's own.
final class RouteCompiler {
    private RouteCompiler() {}

    /// The enabled ones, in the order they are written.
    static List<RoutePlan> compile(List<ModelRoute> routes) {
        return routes.stream().filter(ModelRoute::enabled).map(RouteCompiler::route).toList();
    }

    /// Warns of targets nothing can serve.
    ///
    /// @param usable the accounts whoever uses these routes may use
    static void warnOfEmptyPools(
            List<ModelRoute> routes,
            List<AccountPlan> accounts,
            Predicate<AccountPlan> usable,
            Findings findings) {
        Set<String> pools = new TreeSet<>();
        accounts.stream().filter(usable).forEach(account -> pools.add(account.pool()));
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).enabled()) {
                warn("spec.modelRoutes[" + i + "]", routes.get(i), pools, findings);
            }
        }
    }

    private static void warn(String path, ModelRoute route, Set<String> pools, Findings findings) {
        for (int i = 0; i < route.targets().size(); i++) {
            String pool = route.targets().get(i).pool();
            if (!pools.contains(pool)) {
                findings.warning(
                        Reason.NoUsableAccount,
                        path + ".targets[" + i + "].pool",
                        "no usable account stands in pool " + pool);
            }
        }
    }

    private static RoutePlan route(ModelRoute route) {
        return new RoutePlan(
                route.name(),
                route.match(),
                route.priority(),
                route.targets().stream().map(RouteCompiler::target).toList());
    }

    private static RoutePlan.Target target(ModelRoute.Target target) {
        return new RoutePlan.Target(
                target.pool(),
                target.model() == null ? "" : target.model(),
                target.weight(),
                target.priority());
    }
}
