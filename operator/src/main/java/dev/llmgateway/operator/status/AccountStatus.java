package dev.llmgateway.operator.status;

import dev.llmgateway.crds.compile.Diagnostic;
import dev.llmgateway.crds.compile.Reason;
import dev.llmgateway.crds.plan.Revision;
import dev.llmgateway.crds.resource.Condition;
import dev.llmgateway.crds.resource.Programmed;
import dev.llmgateway.crds.resource.Reasons.CredentialValidReason;
import dev.llmgateway.crds.resource.Reasons.HealthyReason;
import dev.llmgateway.crds.resource.UpstreamAccountStatus;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.Failure;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.Health;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.State;
import dev.llmgateway.crds.resource.UsageTotals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The status of an account.
public final class AccountStatus {
    private static final String CREDENTIAL_VALID = "CredentialValid";
    private static final String HEALTHY = "Healthy";

    private AccountStatus() {}

    /// @param before that is replaced; null: none
    public static UpstreamAccountStatus of(
            AccountFacts facts, @Nullable UpstreamAccountStatus before, Instant now) {
        List<Condition> former = before == null ? List.of() : before.conditions();
        return new UpstreamAccountStatus(
                facts.generation(),
                state(facts),
                facts.fingerprint().isEmpty() ? null : credential(facts),
                facts.oauth() == null ? null : OAuthStatus.progress(facts.oauth()),
                facts.health(),
                facts.usage() != null ? facts.usage() : before == null ? null : before.usage(),
                facts.programming().since().equals(Revision.NONE)
                        ? null
                        : new Programmed(facts.programming().since().toString()),
                Conditions.since(former, findings(facts), facts.generation(), now));
    }

    private static List<Finding> findings(AccountFacts facts) {
        Finding credential = credentialValid(facts);
        Finding programmed = facts.programming().finding();
        List<Finding> all = new ArrayList<>();
        all.add(Conditions.accepted(facts.remarks()));
        Conditions.resolvedRefs(facts.remarks(), facts.compiled()).ifPresent(all::add);
        List<Finding> counting = new ArrayList<>(all);
        if (credential.fails()) {
            counting.add(credential);
        }
        counting.add(programmed);
        all.addAll(List.of(credential, programmed, healthy(facts)));
        return Conditions.withReady(all, counting, facts.suspended());
    }

    private static Finding credentialValid(AccountFacts facts) {
        return Optional.ofNullable(facts.oauth())
                .flatMap(oauth -> OAuthStatus.credentialValid(oauth, awaitsLogin(facts)))
                .orElseGet(() -> usable(facts));
    }

    private static Finding usable(AccountFacts facts) {
        if (awaitsLogin(facts)) {
            return Finding.bad(
                    CREDENTIAL_VALID,
                    CredentialValidReason.AwaitingAuthorization,
                    "nobody has signed in yet");
        }
        if (facts.state() == State.CredentialInvalid) {
            return Finding.bad(
                    CREDENTIAL_VALID,
                    CredentialValidReason.Rejected,
                    "the upstream "
                            + answered(facts)
                            + (facts.credentialType().equals("OAuth")
                                    ? "; if a new token does not help, sign in again"
                                    : "; put a credential it accepts into the account's Secret"));
        }
        if (facts.credentialType().equals("None") || facts.credentialType().equals("Passthrough")) {
            return Finding.good(
                    CREDENTIAL_VALID,
                    CredentialValidReason.Verified,
                    "the account holds no credential of its own");
        }
        Optional<Finding> issued = Optional.ofNullable(facts.oauth()).flatMap(OAuthStatus::issued);
        if (issued.isPresent()) {
            return issued.get();
        }
        return served(facts)
                ? Finding.good(
                        CREDENTIAL_VALID,
                        CredentialValidReason.Verified,
                        "the upstream has served requests with it")
                : Finding.unknown(
                        CREDENTIAL_VALID,
                        CredentialValidReason.Unverified,
                        "the upstream has not been asked yet");
    }

    private static Finding healthy(AccountFacts facts) {
        if (facts.state() == State.CredentialInvalid) {
            return Finding.bad(
                    HEALTHY, HealthyReason.CredentialRejected, "the upstream " + answered(facts));
        }
        if (facts.state() == State.CoolingDown) {
            return Finding.bad(
                    HEALTHY,
                    HealthyReason.CoolingDown,
                    "the upstream " + answered(facts) + until(facts));
        }
        if (served(facts)) {
            return Finding.good(HEALTHY, HealthyReason.Serving, "");
        }
        return Finding.unknown(
                HEALTHY,
                HealthyReason.NoTraffic,
                facts.state() == null ? "no pod has reported on it yet" : "no request yet");
    }

    /// Whether a request succeeded that is counted by now.
    private static boolean served(AccountFacts facts) {
        UsageTotals usage = facts.usage();
        return facts.state() == State.Active
                && usage != null
                && usage.requests() != null
                && usage.requests() > (usage.errors() == null ? 0 : usage.errors());
    }

    private static String answered(AccountFacts facts) {
        Failure last = facts.health() == null ? null : facts.health().lastFailure();
        return last == null || last.httpStatus() == null
                ? "failed"
                : "answered " + last.httpStatus();
    }

    private static String until(AccountFacts facts) {
        Health health = facts.health();
        return health == null || health.until() == null
                ? "; it rests"
                : "; it rests until " + health.until();
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
        Optional<State> signIn =
                Optional.ofNullable(facts.oauth())
                        .flatMap(oauth -> OAuthStatus.state(oauth, awaitsLogin(facts)));
        if (signIn.isPresent()) {
            return signIn.get();
        }
        if (awaitsLogin(facts)) {
            return State.NeedsAuthorization;
        }
        boolean published = !facts.programming().since().equals(Revision.NONE);
        if (!facts.compiled() || !published) {
            return State.Pending;
        }
        return facts.state() == null ? State.Active : facts.state();
    }

    private static UpstreamAccountStatus.Credential credential(AccountFacts facts) {
        OAuthFacts oauth = facts.oauth();
        return new UpstreamAccountStatus.Credential(
                facts.credentialType(),
                facts.fingerprint(),
                facts.secretVersion(),
                oauth == null ? null : OAuthStatus.text(oauth.expiresAt()),
                oauth == null ? null : OAuthStatus.text(oauth.issuedAt()),
                oauth == null || oauth.attempts().failures() == 0
                        ? null
                        : Integer.valueOf(oauth.attempts().failures()));
    }
}
