package dev.llmgateway.runtime.admin;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.runtime.balance.AccountView;
import dev.llmgateway.runtime.exchange.Services;
import dev.llmgateway.runtime.exchange.Snapshot;
import dev.llmgateway.runtime.telemetry.Exposition;
import dev.llmgateway.runtime.usage.Counters;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// The metrics of each account of the plan in force.
final class AccountSamples {
    private static final List<String> STATES =
            List.of("Active", "CoolingDown", "CredentialInvalid", "Suspended");

    private final Services services;

    AccountSamples(Services services) {
        this.services = services;
    }

    void expose(Exposition page) {
        Snapshot snapshot = services.live().current();
        if (snapshot == null) {
            return;
        }
        List<AccountPlan> accounts = snapshot.plan().accounts();
        page.family("llm_gateway_account_requests", "counter", "Requests settled by an account.");
        counters(
                page,
                "llm_gateway_account_requests_total",
                "",
                accounts,
                Counters.Totals::requests);
        page.family("llm_gateway_account_errors", "counter", "Failed requests of an account.");
        counters(page, "llm_gateway_account_errors_total", "", accounts, Counters.Totals::errors);
        tokens(page, accounts);
        page.family("llm_gateway_account_in_flight", "gauge", "Requests an account serves now.");
        for (AccountPlan account : accounts) {
            page.sample("llm_gateway_account_in_flight", labels(account), view(account).inFlight());
        }
        page.family("llm_gateway_account_state", "gauge", "1 for the state the account is in.");
        accounts.forEach(account -> states(page, account));
        ratio(
                page,
                "llm_gateway_account_cache_read_ratio",
                "Share of the input tokens that the provider's cache held.",
                accounts,
                account -> totals(account).cacheReadRatio());
        ratio(
                page,
                "llm_gateway_account_quota_left_ratio",
                "Share of the tightest quota window that is left, by the upstream's headers.",
                accounts,
                account -> view(account).headroom().left());
    }

    private void tokens(Exposition page, List<AccountPlan> accounts) {
        String name = "llm_gateway_account_tokens_total";
        page.family("llm_gateway_account_tokens", "counter", "Tokens of an account by kind.");
        counters(page, name, "input", accounts, Counters.Totals::inputTokens);
        counters(page, name, "output", accounts, Counters.Totals::outputTokens);
        counters(page, name, "cache_read", accounts, Counters.Totals::cacheReadTokens);
        counters(page, name, "cache_write", accounts, Counters.Totals::cacheWriteTokens);
    }

    /// @param type of token; empty: no such label
    private void counters(
            Exposition page,
            String name,
            String type,
            List<AccountPlan> accounts,
            ToLongFunction<Counters.Totals> count) {
        for (AccountPlan account : accounts) {
            String labels =
                    type.isEmpty()
                            ? labels(account)
                            : labels(account) + "," + Exposition.label("type", type);
            page.sample(name, labels, count.applyAsLong(totals(account)));
        }
    }

    private void states(Exposition page, AccountPlan account) {
        String now = account.suspended() ? "Suspended" : view(account).state();
        for (String state : STATES) {
            page.sample(
                    "llm_gateway_account_state",
                    labels(account) + "," + Exposition.label("state", state),
                    state.equals(now) ? 1 : 0);
        }
    }

    private static void ratio(
            Exposition page,
            String name,
            String help,
            List<AccountPlan> accounts,
            Function<AccountPlan, Double> ratio) {
        page.family(name, "gauge", help);
        accounts.forEach(account -> page.ratio(name, labels(account), ratio.apply(account)));
    }

    private Counters.Totals totals(AccountPlan account) {
        return services.usage().account(account.uid()).totals();
    }

    private AccountView view(AccountPlan account) {
        return services.accounts().of(account.uid()).view();
    }

    private static String labels(AccountPlan account) {
        return Exposition.label("account", account.ref().toString())
                + ","
                + Exposition.label("pool", account.pool());
    }
}
