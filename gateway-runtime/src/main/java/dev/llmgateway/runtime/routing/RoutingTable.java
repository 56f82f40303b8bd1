package dev.llmgateway.runtime.routing;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.GatewaySettings;
import dev.llmgateway.crds.plan.RoutePlan;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// The routing view of one plan. Immutable but for a bounded memory of decisions, which are pure
/// functions of the plan.
public final class RoutingTable {
    /// Decisions remembered; model names come from clients, so the memory is bounded.
    private static final int REMEMBERED = 8_192;

    private final List<AccountPlan> accounts;
    private final List<RoutePlan> routes;
    private final GatewaySettings settings;
    private final Map<Memo, Decision> decisions = new ConcurrentHashMap<>();

    private RoutingTable(GatewayPlan plan) {
        this.accounts = plan.accounts();
        this.routes = ordered(plan.routes());
        this.settings = plan.settings();
    }

    public static RoutingTable of(GatewayPlan plan) {
        return new RoutingTable(plan);
    }

    /// The decision for a question: remembered, or made now by the router.
    public Decision decide(Question question) {
        Memo memo = new Memo(question.caller().key().uid(), question);
        Decision known = decisions.get(memo);
        if (known != null) {
            return known;
        }
        Decision made = Router.route(question, this);
        if (!made.isEmpty() && decisions.size() < REMEMBERED) {
            decisions.put(memo, made);
        }
        return made;
    }

    /// The accounts that have something and that the caller may use, whichever models they serve.
    ///
    /// @param question its model is not looked at
    public Decision owner(Question question, Predicate<AccountPlan> has) {
        return Router.owner(question, this, has);
    }

    public List<AccountPlan> accounts() {
        return accounts;
    }

    List<RoutePlan> routes() {
        return routes;
    }

    GatewaySettings settings() {
        return settings;
    }

    /// Most specific match first, then priority, then name: the first that matches a model is the
    /// one.
    static List<RoutePlan> ordered(List<RoutePlan> routes) {
        return routes.stream()
                .sorted(
                        Comparator.comparingInt((RoutePlan route) ->
                                        -Pattern.of(route.match()).specificity())
                                .thenComparingInt(RoutePlan::priority)
                                .thenComparing(RoutePlan::name))
                .toList();
    }

    private record Memo(String key, String model, Enum<?> format, boolean ownCredential) {
        Memo(String key, Question question) {
            this(key, question.model(), question.format(), question.ownCredential());
        }
    }
}
