package dev.llmgateway.operator.status;

import dev.llmgateway.crds.compile.Diagnostic;
import dev.llmgateway.crds.plan.KeyHash;
import dev.llmgateway.crds.resource.UsageTotals;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of a key.
///
/// @param prefix visible start of a generated key; empty: none
/// @param hashes that open it
/// @param expiresAt null: never
/// @param budgets whether it has any
/// @param usage null: not known
public record KeyFacts(
        long generation,
        List<Diagnostic> remarks,
        boolean suspended,
        SecretState secret,
        String prefix,
        List<KeyHash> hashes,
        @Nullable Instant expiresAt,
        boolean budgets,
        Programming programming,
        @Nullable UsageTotals usage) {
    public KeyFacts {
        remarks = List.copyOf(remarks);
        hashes = List.copyOf(hashes);
    }

    /// Where the key's digest comes from.
    public enum SecretState {
        /// `spec.source.hashes`.
        Hashes,
        /// In the Secret that the operator generated.
        Generated,
        /// Not generated yet.
        Pending,
        /// Not generated, since the key is not accepted.
        Withheld,
        /// A Secret of that name belongs to somebody else.
        Foreign
    }
}
