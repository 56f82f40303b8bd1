package dev.llmgateway.cli.offline;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.ModelMapping;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.crds.plan.RoutePlan;
import dev.llmgateway.crds.plan.WireFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which accounts a plan lets serve a key's requests, as the gateway's router decides it
/// (spec/resources.md); a test holds both against each other. Pure.
public final class Routes {
    private final GatewayPlan plan;
    private final KeyPlan key;
    private final String model;
    private final WireFormat format;
    private final List<Offer> offers = new ArrayList<>();
    private final Map<String, Excluded> excluded = new LinkedHashMap<>();

    private Routes(GatewayPlan plan, KeyPlan key, String model, WireFormat format) {
        this.plan = plan;
        this.key = key;
        this.model = model;
        this.format = format;
    }

    /// @param route that matched; empty: by the accounts' own models
    /// @param offers in the order they are tried
    public record Answer(String route, List<Offer> offers, List<Excluded> excluded) {
        public Answer {
            offers = List.copyOf(offers);
            excluded = List.copyOf(excluded);
        }
    }

    /// One candidate.
    ///
    /// @param tier place in the order, from 0; equal ones share the load
    public record Offer(
            int tier,
            AccountPlan account,
            String model,
            WireFormat format,
            int targetPriority,
            int weight) {}

    /// One account that is none.
    public record Excluded(AccountPlan account, Exclusion reason) {}

    public static Answer of(GatewayPlan plan, KeyPlan key, String model, WireFormat format) {
        return new Routes(plan, key, model, format).answer();
    }

    private Answer answer() {
        Optional<RoutePlan> route = matching(key.routes()).or(() -> matching(plan.routes()));
        if (route.isPresent()) {
            route.get().targets().forEach(this::consider);
        } else {
            consider(new RoutePlan.Target("", "", 1, 0));
            if (offers.isEmpty() && plan.settings().passUnmatched()) {
                passUnmatched();
            }
        }
        offers.forEach(offer -> excluded.remove(offer.account().uid()));
        return new Answer(
                route.map(RoutePlan::name).orElse(""), tiers(), List.copyOf(excluded.values()));
    }

    /// Most specific match first, then priority, then name.
    private Optional<RoutePlan> matching(List<RoutePlan> routes) {
        return routes.stream()
                .filter(route -> Patterns.matches(route.match(), model))
                .min(
                        Comparator.comparingInt(
                                        (RoutePlan route) -> -Patterns.specificity(route.match()))
                                .thenComparingInt(RoutePlan::priority)
                                .thenComparing(RoutePlan::name));
    }

    private void consider(RoutePlan.Target target) {
        String asked = target.model().isEmpty() ? model : target.model();
        for (AccountPlan account : plan.accounts()) {
            if (!target.pool().isEmpty() && !account.pool().equals(target.pool())) {
                exclude(account, Exclusion.OtherPool);
                continue;
            }
            Optional<ModelMapping> mapping = mapping(account, asked);
            if (mapping.isEmpty()) {
                exclude(account, Exclusion.ModelNotServed);
            } else {
                judge(account, target, asked, upstreamName(mapping.get(), asked));
            }
        }
    }

    private void passUnmatched() {
        var target = new RoutePlan.Target(plan.settings().defaultPool(), "", 1, 0);
        for (AccountPlan account : plan.accounts()) {
            if (account.pool().equals(target.pool())) {
                excluded.remove(account.uid());
                judge(account, target, model, model);
            }
        }
    }

    private void judge(
            AccountPlan account, RoutePlan.Target target, String asked, String upstream) {
        Optional<Exclusion> against = against(account, asked, upstream);
        if (against.isPresent()) {
            exclude(account, against.get());
            return;
        }
        WireFormat spoken = spoken(account).orElseThrow();
        offers.add(
                new Offer(
                        0,
                        account,
                        upstream,
                        spoken,
                        target.priority(),
                        account.weight() * target.weight()));
    }

    private Optional<Exclusion> against(AccountPlan account, String asked, String upstream) {
        if (!account.consumers().contains(key.ref().namespace())
                || !key.accountNamespaces().contains(account.ref().namespace())) {
            return Optional.of(Exclusion.NotConsented);
        }
        if (!key.pools().isEmpty() && !key.pools().contains(account.pool())) {
            return Optional.of(Exclusion.PoolNotPermitted);
        }
        boolean denied =
                key.modelFilters().stream()
                        .anyMatch(filter ->
                                Patterns.anyMatches(filter.deny(), asked)
                                        || Patterns.anyMatches(filter.deny(), upstream));
        if (denied) {
            return Optional.of(Exclusion.ModelDenied);
        }
        if (account.suspended()) {
            return Optional.of(Exclusion.Suspended);
        }
        if (account.provider() == Provider.Simulated && !plan.settings().simulation()) {
            return Optional.of(Exclusion.SimulationOff);
        }
        if (account.credential() instanceof CredentialPlan.Passthrough) {
            return Optional.of(Exclusion.OwnCredentialNeeded);
        }
        return spoken(account).isPresent()
                ? Optional.empty()
                : Optional.of(Exclusion.FormatNotServed);
    }

    private Optional<WireFormat> spoken(AccountPlan account) {
        if (account.formats().contains(format)) {
            return Optional.of(format);
        }
        List<WireFormat> others =
                switch (format) {
                    case Messages -> List.of(WireFormat.ChatCompletions);
                    case ChatCompletions -> List.of(WireFormat.Messages);
                    case Completions -> List.of(WireFormat.ChatCompletions, WireFormat.Messages);
                    case Responses, Embeddings, CountTokens, Models -> List.of();
                };
        return others.stream().filter(each -> account.formats().contains(each)).findFirst();
    }

    private static Optional<ModelMapping> mapping(AccountPlan account, String asked) {
        Optional<ModelMapping> best = Optional.empty();
        for (ModelMapping mapping : account.models()) {
            int now = Patterns.specificity(mapping.pattern());
            boolean better =
                    best.map(each -> now > Patterns.specificity(each.pattern())).orElse(true);
            if (Patterns.matches(mapping.pattern(), asked) && better) {
                best = Optional.of(mapping);
            }
        }
        return best;
    }

    private static String upstreamName(ModelMapping mapping, String asked) {
        if (!mapping.upstream().isEmpty()) {
            return mapping.upstream();
        }
        boolean strip = !mapping.stripPrefix().isEmpty() && asked.startsWith(mapping.stripPrefix());
        return strip ? asked.substring(mapping.stripPrefix().length()) : asked;
    }

    private void exclude(AccountPlan account, Exclusion reason) {
        excluded.put(account.uid(), new Excluded(account, reason));
    }

    /// By target priority, then account priority, then whether the client's own format is spoken.
    private List<Offer> tiers() {
        Map<Integer, List<Offer>> byOrder = new TreeMap<>();
        for (Offer offer : offers) {
            int order = offer.targetPriority() * 100 + offer.account().priority();
            int translated = offer.format() == format ? 0 : 1;
            byOrder.computeIfAbsent(2 * order + translated, _ -> new ArrayList<>()).add(offer);
        }
        List<Offer> ordered = new ArrayList<>();
        int tier = 0;
        for (List<Offer> equal : byOrder.values()) {
            for (Offer offer : equal) {
                ordered.add(
                        new Offer(
                                tier,
                                offer.account(),
                                offer.model(),
                                offer.format(),
                                offer.targetPriority(),
                                offer.weight()));
            }
            tier++;
        }
        return ordered;
    }
}
