package dev.llmgateway.operator.account;

import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.resource.Programmed;
import dev.llmgateway.crds.resource.UpstreamAccount;
import dev.llmgateway.crds.resource.UpstreamAccountStatus;
import dev.llmgateway.operator.fleet.AccountHealth;
import dev.llmgateway.operator.fleet.Counts;
import dev.llmgateway.operator.oauth.OAuthDesk;
import dev.llmgateway.operator.snapshot.Verdict;
import dev.llmgateway.operator.status.AccountFacts;
import dev.llmgateway.operator.status.OAuthFacts;
import dev.llmgateway.operator.status.Programming;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A verdict and what pods told, as facts.
final class Facts {
    private Facts() {}

    static AccountFacts of(
            UpstreamAccount account,
            Verdict<AccountPlan> verdict,
            Programming programming,
            Optional<AccountHealth> seen,
            Counts usage,
            Optional<OAuthDesk.View> signIn) {
        return new AccountFacts(
                verdict.generation(),
                verdict.remarks(),
                verdict.entry() != null,
                account.getSpec() != null && account.getSpec().suspended(),
                type(account),
                verdict.material().fingerprint(),
                verdict.material().version(),
                programming,
                seen.map(AccountHealth::state).orElse(null),
                seen.map(AccountHealth::health).orElse(null),
                usage.equals(Counts.NONE) ? null : usage.totals(),
                signIn.map(view -> oauth(view, account, verdict)).orElse(null));
    }

    /// A result is told together with the token that came of it, not before the judge has seen
    /// that.
    private static OAuthFacts oauth(
            OAuthDesk.View view, UpstreamAccount account, Verdict<AccountPlan> verdict) {
        boolean early =
                !view.token().isEmpty() && !view.token().equals(verdict.material().fingerprint());
        UpstreamAccountStatus before = account.getStatus();
        String told =
                before == null || before.oauth() == null || before.oauth().lastResult() == null
                        ? ""
                        : before.oauth().lastResult();
        return early || view.facts().lastResult().isEmpty()
                ? view.facts().with(told)
                : view.facts();
    }

    /// What its status says for the same generation; null: nothing.
    static @Nullable Programmed known(UpstreamAccount account, Verdict<AccountPlan> verdict) {
        UpstreamAccountStatus before = account.getStatus();
        return before != null
                        && before.observedGeneration() != null
                        && before.observedGeneration() == verdict.generation()
                ? before.programmed()
                : null;
    }

    private static String type(UpstreamAccount account) {
        Auth auth = account.getSpec() == null ? null : account.getSpec().auth();
        if (auth == null || auth.none() != null) {
            return "None";
        }
        if (auth.passthrough() != null) {
            return "Passthrough";
        }
        return auth.oauth() == null ? "APIKey" : "OAuth";
    }
}
