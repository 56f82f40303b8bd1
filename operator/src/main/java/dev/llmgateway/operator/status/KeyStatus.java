package dev.llmgateway.operator.status;

import dev.llmgateway.crds.plan.KeyHash;
import dev.llmgateway.crds.plan.Revision;
import dev.llmgateway.crds.resource.Condition;
import dev.llmgateway.crds.resource.GatewayKeyStatus;
import dev.llmgateway.crds.resource.Programmed;
import dev.llmgateway.crds.resource.Reasons.BudgetExhaustedReason;
import dev.llmgateway.crds.resource.Reasons.ExpiredReason;
import dev.llmgateway.crds.resource.Reasons.SecretReadyReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The status of a key.
public final class KeyStatus {
    private static final int ID = 8;
    private static final String ENDED =
            "spec.expiresAt has passed; set a later one, or make a new key";

    private KeyStatus() {}

    /// @param before that is replaced; null: none
    public static GatewayKeyStatus of(
            KeyFacts facts, @Nullable GatewayKeyStatus before, Instant now) {
        List<Condition> former = before == null ? List.of() : before.conditions();
        return new GatewayKeyStatus(
                facts.generation(),
                facts.prefix().isEmpty() ? null : facts.prefix(),
                facts.hashes().stream().map(KeyStatus::hash).toList(),
                before == null ? null : before.budget(),
                before == null ? List.of() : before.budgets(),
                facts.usage() != null ? facts.usage() : before == null ? null : before.usage(),
                facts.programming().since().equals(Revision.NONE)
                        ? null
                        : new Programmed(facts.programming().since().toString()),
                Conditions.since(former, findings(facts, now), facts.generation(), now));
    }

    private static GatewayKeyStatus.Hash hash(KeyHash hash) {
        return new GatewayKeyStatus.Hash(
                hash.sha256().substring(0, ID),
                null,
                hash.notAfterMillis() == 0
                        ? null
                        : Instant.ofEpochMilli(hash.notAfterMillis()).toString());
    }

    private static List<Finding> findings(KeyFacts facts, Instant now) {
        boolean expired = facts.expiresAt() != null && !facts.expiresAt().isAfter(now);
        List<Finding> counting = new ArrayList<>();
        counting.add(Conditions.accepted(facts.remarks()));
        counting.add(secretReady(facts));
        if (expired) {
            counting.add(Finding.bad("Expired", ExpiredReason.Expired, ENDED));
        }
        counting.add(facts.programming().finding());

        List<Finding> all = new ArrayList<>(counting.subList(0, 2));
        all.add(counting.getLast());
        all.add(expired(expired));
        all.add(budgetExhausted(facts));
        return Conditions.withReady(all, counting, facts.suspended());
    }

    private static Finding secretReady(KeyFacts facts) {
        Optional<Finding> damaged = Conditions.refusal(facts.remarks(), Conditions.RESOLVED_REFS);
        if (damaged.isPresent()) {
            return Finding.bad("SecretReady", SecretReadyReason.Conflict, damaged.get().message());
        }
        return switch (facts.secret()) {
            case Hashes -> Finding.good("SecretReady", SecretReadyReason.HashMode, "");
            case Generated -> Finding.good("SecretReady", SecretReadyReason.Generated, "");
            case Pending ->
                    Finding.bad(
                            "SecretReady", SecretReadyReason.Pending, "the key is being generated");
            case Withheld ->
                    Finding.bad(
                            "SecretReady",
                            SecretReadyReason.Pending,
                            "no key is generated until this one is accepted");
            case Foreign ->
                    Finding.bad(
                            "SecretReady",
                            SecretReadyReason.Conflict,
                            "spec.source.generate.secretName: a Secret of that name exists and is"
                                    + " not this key's; remove it or choose another name");
        };
    }

    private static Finding expired(boolean expired) {
        return expired
                ? Finding.good("Expired", ExpiredReason.Expired, ENDED)
                : Finding.bad("Expired", ExpiredReason.NotExpired, "");
    }

    private static Finding budgetExhausted(KeyFacts facts) {
        return facts.budgets()
                ? Finding.unknown(
                        "BudgetExhausted",
                        BudgetExhaustedReason.WithinBudget,
                        "no pod has reported on it yet")
                : Finding.bad("BudgetExhausted", BudgetExhaustedReason.WithinBudget, "");
    }
}
