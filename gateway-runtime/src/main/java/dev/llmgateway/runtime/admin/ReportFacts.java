package dev.llmgateway.runtime.admin;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.runtime.balance.AccountView;
import dev.llmgateway.runtime.balance.Cause;
import dev.llmgateway.runtime.exchange.LoadReport;
import dev.llmgateway.runtime.exchange.Services;
import dev.llmgateway.runtime.exchange.Snapshot;
import dev.llmgateway.runtime.upstream.Credential;
import dev.llmgateway.runtime.usage.Counters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the operator is told of this process, as of one moment.
///
/// @param accounts health of the accounts of the plan in force, by UID
/// @param accountUsage what accounts have served since the process started, by UID
/// @param keyUsage the same for keys
record ReportFacts(
        Head head,
        Map<String, Health> accounts,
        Map<String, Counters.Totals> accountUsage,
        Map<String, Counters.Totals> keyUsage) {
    /// The process itself.
    ///
    /// @param revision in force, so acknowledged; empty: none
    record Head(
            String revision,
            long appliedAtMillis,
            boolean draining,
            int errors,
            List<String> problems) {}

    /// What an account can do now; neither its load nor its speed.
    ///
    /// @param account `namespace/name`
    /// @param failure what put it there; empty while it serves
    /// @param refused fingerprint of the credential the upstream refuses; empty: it takes it
    record Health(
            String account,
            String state,
            String phase,
            String scope,
            long untilMillis,
            Optional<Cause> failure,
            String refused,
            List<AccountView.ModelView> models) {
        static Health of(AccountPlan account, AccountView view, Snapshot snapshot) {
            boolean serving = view.state().equals("Active") && view.models().isEmpty();
            return new Health(
                    account.ref().toString(),
                    view.state(),
                    view.phase(),
                    view.scope().name(),
                    view.untilMillis(),
                    serving ? Optional.empty() : view.lastFailure(),
                    view.state().equals("CredentialInvalid") ? fingerprint(account, snapshot) : "",
                    view.models());
        }

        private static String fingerprint(AccountPlan account, Snapshot snapshot) {
            Snapshot.Upstream upstream = snapshot.upstreams().get(account.uid());
            return upstream != null && upstream.credential() instanceof Credential.Value value
                    ? value.fingerprint()
                    : "";
        }
    }

    static ReportFacts of(Services services, AdminFacts facts) {
        LoadReport report = facts.report();
        Map<String, Health> accounts = new TreeMap<>();
        Snapshot snapshot = services.live().current();
        if (snapshot != null) {
            for (AccountPlan account : snapshot.plan().accounts()) {
                AccountView view = services.accounts().of(account.uid()).view();
                accounts.put(account.uid(), Health.of(account, view, snapshot));
            }
        }
        return new ReportFacts(
                new Head(
                        snapshot == null ? "" : snapshot.revision(),
                        report.loadedAtMillis(),
                        facts.draining(),
                        report.errors(),
                        report.problems()),
                accounts,
                services.usage().accounts(),
                services.usage().keys());
    }
}
