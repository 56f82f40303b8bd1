package dev.llmgateway.operator.status;

import dev.llmgateway.crds.compile.Diagnostic;
import dev.llmgateway.crds.compile.Reason;
import dev.llmgateway.crds.plan.Revision;
import dev.llmgateway.crds.resource.Condition;
import dev.llmgateway.crds.resource.Programmed;
import dev.llmgateway.crds.resource.Reasons.CredentialValidReason;
import dev.llmgateway.crds.resource.Reasons.HealthyReason;
import dev.llmgateway.crds.resource.UpstreamAccountStatus;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The status of an account.
public final class AccountStatus {
    private AccountStatus() {}

    /// @param before that is replaced; null: none
    public static UpstreamAccountStatus of(
            AccountFacts facts, @Nullable UpstreamAccountStatus before, Instant now) {
        List<Condition> former = before == null ? List.of() : before.conditions();
        return new UpstreamAccountStatus(
                facts.generation(),
                state(facts),
                facts.fingerprint().isEmpty() ? null : credential(facts),
                null,
                before == null ? null : before.health(),
                before == null ? null : before.usage(),
                facts.programming().since().equals(Revision.NONE)
                        ? null
                        : new Programmed(facts.programming().since().toString()),
                Conditions.since(former, findings(facts), facts.generation(), now));
    }

    private static List<Finding> findings(AccountFacts facts) {
        List<Finding> counting = new ArrayList<>();
        counting.add(Conditions.accepted(facts.remarks()));
        Conditions.resolvedRefs(facts.remarks(), facts.compiled()).ifPresent(counting::add);
        counting.add(facts.programming().finding());

        List<Finding> all = new ArrayList<>(counting);
        all.add(all.size() - 1, credentialValid(facts));
        all.add(
                Finding.unknown(
                        "Healthy", HealthyReason.NoTraffic, "no pod has reported on it yet"));
        return Conditions.withReady(all, counting, facts.suspended());
    }

    private static Finding credentialValid(AccountFacts facts) {
        if (awaitsLogin(facts)) {
            return Finding.bad(
                    "CredentialValid",
                    CredentialValidReason.AwaitingAuthorization,
                    "nobody has signed in yet");
        }
        return facts.credentialType().equals("None") || facts.credentialType().equals("Passthrough")
                ? Finding.good(
                        "CredentialValid",
                        CredentialValidReason.Verified,
                        "the account holds no credential of its own")
                : Finding.unknown(
                        "CredentialValid",
                        CredentialValidReason.Unverified,
                        "the upstream has not been asked yet");
    }

    private static boolean awaitsLogin(AccountFacts facts) {
        return facts.credentialType().equals("OAuth")
                && facts.remarks().stream()
                        .map(Diagnostic::reason)
                        .anyMatch(reason ->
                                reason == Reason.SecretNotFound
                                        || reason == Reason.SecretKeyMissing);
    }

    private static State state(AccountFacts facts) {
        if (facts.suspended()) {
            return State.Suspended;
        }
        if (awaitsLogin(facts)) {
            return State.NeedsAuthorization;
        }
        boolean published = !facts.programming().since().equals(Revision.NONE);
        return facts.compiled() && published ? State.Active : State.Pending;
    }

    private static UpstreamAccountStatus.Credential credential(AccountFacts facts) {
        return new UpstreamAccountStatus.Credential(
                facts.credentialType(),
                facts.fingerprint(),
                facts.secretVersion(),
                null,
                null,
                null);
    }
}
