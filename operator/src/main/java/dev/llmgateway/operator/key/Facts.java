package dev.llmgateway.operator.key;

import dev.llmgateway.crds.plan.KeyHash;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.resource.GatewayKey;
import dev.llmgateway.crds.resource.GatewayKeyStatus;
import dev.llmgateway.crds.resource.Programmed;
import dev.llmgateway.operator.fleet.Counts;
import dev.llmgateway.operator.snapshot.Verdict;
import dev.llmgateway.operator.status.KeyFacts;
import dev.llmgateway.operator.status.KeyFacts.SecretState;
import dev.llmgateway.operator.status.Programming;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A verdict and what came of it, as facts.
final class Facts {
    private Facts() {}

    static KeyFacts of(
            GatewayKey key,
            Verdict<KeyPlan> verdict,
            SecretState secret,
            Programming programming,
            Counts usage,
            Instant now) {
        KeyPlan entry = verdict.entry();
        return new KeyFacts(
                verdict.generation(),
                verdict.remarks(),
                entry != null && entry.suspended(),
                secret,
                verdict.material().fingerprint(),
                entry == null ? List.of() : valid(entry.hashes(), now),
                entry == null || entry.expiresAtMillis() == 0
                        ? null
                        : Instant.ofEpochMilli(entry.expiresAtMillis()),
                entry != null && !entry.budgets().isEmpty(),
                programming,
                usage.equals(Counts.NONE) ? null : usage.totals());
    }

    private static List<KeyHash> valid(List<KeyHash> hashes, Instant now) {
        return hashes.stream()
                .filter(hash ->
                        hash.notAfterMillis() == 0 || hash.notAfterMillis() > now.toEpochMilli())
                .toList();
    }

    /// What its status says for the same generation; null: nothing.
    static @Nullable Programmed known(GatewayKey key, Verdict<KeyPlan> verdict) {
        GatewayKeyStatus before = key.getStatus();
        return before != null
                        && before.observedGeneration() != null
                        && before.observedGeneration() == verdict.generation()
                ? before.programmed()
                : null;
    }
}
