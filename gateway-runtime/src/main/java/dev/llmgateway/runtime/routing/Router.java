package dev.llmgateway.runtime.routing;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.ModelFilterPlan;
import dev.llmgateway.crds.plan.ModelMapping;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.crds.plan.RoutePlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.NamePattern;
import dev.llmgateway.runtime.model.Translatable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Which accounts may serve a request, in which order and why (spec/resources.md, Which account
/// serves a request). Pure.
public final class Router {
    private final Question question;
    private final RoutingTable table;
    private final List<Candidate> candidates = new ArrayList<>();
    private final Map<String, Decision.Exclusion> exclusions = new LinkedHashMap<>();

    private Router(Question question, RoutingTable table) {
        this.question = question;
        this.table = table;
    }

    static Decision route(Question question, RoutingTable table) {
        return new Router(question, table).decide();
    }

    static Decision owner(Question question, RoutingTable table, Predicate<AccountPlan> has) {
        Router router = new Router(question, table);
        for (AccountPlan account : table.accounts()) {
            if (has.test(account) && account.formats().contains(question.format())) {
                router.ownedBy(account);
            }
        }
        return Decision.of("", router.tiers(), router.excluded());
    }

    private void ownedBy(AccountPlan account) {
        Optional<Reason> against = forbidden(account).or(() -> unusable(account));
        if (against.isPresent()) {
            exclude(account, against.get());
        } else {
            candidates.add(new Candidate(account, "", question.format(), 0, account.weight()));
        }
    }

    private Decision decide() {
        Optional<RoutePlan> route = matching(RoutingTable.ordered(key().routes()));
        if (route.isEmpty()) {
            route = matching(table.routes());
        }
        if (route.isPresent()) {
            route.get().targets().forEach(this::consider);
        } else {
            consider(new RoutePlan.Target("", "", 1, 0));
            if (candidates.isEmpty() && table.settings().passUnmatched()) {
                passUnmatched();
            }
        }
        return Decision.of(route.map(RoutePlan::name).orElse(""), tiers(), excluded());
    }

    private Optional<RoutePlan> matching(List<RoutePlan> routes) {
        return routes.stream()
                .filter(route -> Pattern.of(route.match()).matches(question.model()))
                .findFirst();
    }

    /// Every account of the plan against one target; an empty pool means any.
    private void consider(RoutePlan.Target target) {
        String model = target.model().isEmpty() ? question.model() : target.model();
        for (AccountPlan account : table.accounts()) {
            if (!target.pool().isEmpty() && !account.pool().equals(target.pool())) {
                exclude(account, Reason.OtherPool);
                continue;
            }
            Optional<ModelMapping> mapping = mapping(account, model);
            if (mapping.isEmpty()) {
                exclude(account, Reason.ModelNotServed);
            } else {
                judge(account, target, model, upstreamName(mapping.get(), model));
            }
        }
    }

    /// `unmatchedModels: Passthrough`: the default pool is asked for the name as it came.
    private void passUnmatched() {
        var target = new RoutePlan.Target(table.settings().defaultPool(), "", 1, 0);
        for (AccountPlan account : table.accounts()) {
            if (account.pool().equals(target.pool())) {
                exclusions.remove(account.uid());
                judge(account, target, question.model(), question.model());
            }
        }
    }

    private void judge(
            AccountPlan account, RoutePlan.Target target, String model, String upstream) {
        Optional<Reason> against = against(account, model, upstream);
        if (against.isPresent()) {
            exclude(account, against.get());
            return;
        }
        candidates.add(
                new Candidate(
                        account,
                        upstream,
                        format(account).orElseThrow(),
                        target.priority(),
                        account.weight() * target.weight()));
    }

    private Optional<Reason> against(AccountPlan account, String model, String upstream) {
        Optional<Reason> forbidden = forbidden(account);
        if (forbidden.isPresent()) {
            return forbidden;
        }
        if (denied(model, upstream)) {
            return Optional.of(Reason.ModelDenied);
        }
        Optional<Reason> unusable = unusable(account);
        if (unusable.isPresent()) {
            return unusable;
        }
        return format(account).isPresent() ? Optional.empty() : Optional.of(Reason.FormatNotServed);
    }

    /// Why the caller may not know of an account.
    private Optional<Reason> forbidden(AccountPlan account) {
        if (!account.consumers().contains(key().ref().namespace())
                || !key().accountNamespaces().contains(account.ref().namespace())) {
            return Optional.of(Reason.NotConsented);
        }
        if (!key().pools().isEmpty() && !key().pools().contains(account.pool())) {
            return Optional.of(Reason.PoolNotPermitted);
        }
        return Optional.empty();
    }

    /// Why an account cannot be used, whatever it is asked.
    private Optional<Reason> unusable(AccountPlan account) {
        boolean forwards = account.credential() instanceof CredentialPlan.Passthrough;
        if (account.suspended()) {
            return Optional.of(Reason.Suspended);
        }
        if (account.provider() == Provider.Simulated && !table.settings().simulation()) {
            return Optional.of(Reason.SimulationOff);
        }
        if (forwards != question.ownCredential()) {
            return Optional.of(forwards ? Reason.OwnCredentialNeeded : Reason.OwnCredentialGiven);
        }
        return Optional.empty();
    }

    /// The client's own format where the account speaks it: then nothing can be lost.
    private Optional<WireFormat> format(AccountPlan account) {
        return account.formats().contains(question.format())
                ? Optional.of(question.format())
                : Translatable.into(question.format(), account.formats());
    }

    /// Deny lists judge every name on the way to the upstream.
    private boolean denied(String model, String upstream) {
        for (ModelFilterPlan filter : key().modelFilters()) {
            if (NamePattern.matchesAny(filter.deny(), model)
                    || NamePattern.matchesAny(filter.deny(), upstream)) {
                return true;
            }
        }
        return false;
    }

    /// The most specific of an account's patterns.
    private static Optional<ModelMapping> mapping(AccountPlan account, String model) {
        ModelMapping best = null;
        for (ModelMapping mapping : account.models()) {
            Pattern pattern = Pattern.of(mapping.pattern());
            if (pattern.matches(model)
                    && (best == null
                            || pattern.specificity() > Pattern.of(best.pattern()).specificity())) {
                best = mapping;
            }
        }
        return Optional.ofNullable(best);
    }

    private static String upstreamName(ModelMapping mapping, String model) {
        if (!mapping.upstream().isEmpty()) {
            return mapping.upstream();
        }
        return mapping.stripPrefix().isEmpty() || !model.startsWith(mapping.stripPrefix())
                ? model
                : model.substring(mapping.stripPrefix().length());
    }

    private void exclude(AccountPlan account, Reason reason) {
        exclusions.put(account.uid(), new Decision.Exclusion(account.ref(), reason));
    }

    /// An account that is a candidate through one target is not named as excluded by another.
    private List<Decision.Exclusion> excluded() {
        candidates.forEach(candidate -> exclusions.remove(candidate.account().uid()));
        return List.copyOf(exclusions.values());
    }

    /// Of equal priorities those that speak the client's format come first: what passes as it is
    /// loses nothing (docs/decisions/060).
    private List<Decision.Tier> tiers() {
        Map<Integer, List<Candidate>> byPriority = new TreeMap<>();
        for (Candidate candidate : candidates) {
            int order = candidate.targetPriority() * 100 + candidate.account().priority();
            int translated = candidate.format() == question.format() ? 0 : 1;
            byPriority
                    .computeIfAbsent(2 * order + translated, _ -> new ArrayList<>())
                    .add(candidate);
        }
        return byPriority.values().stream().map(Router::tier).toList();
    }

    private static Decision.Tier tier(List<Candidate> members) {
        Candidate any = members.getFirst();
        return new Decision.Tier(any.targetPriority(), any.account().priority(), members);
    }

    private KeyPlan key() {
        return question.caller().key();
    }
}
