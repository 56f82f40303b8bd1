package dev.llmgateway.operator.snapshot;

import dev.llmgateway.crds.compile.Diagnostic;
import dev.llmgateway.crds.compile.Severity;
import dev.llmgateway.crds.plan.ObjectRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `compile` says of one account or key.
///
/// @param uid of the object that was judged
/// @param generation of the object that was judged
/// @param remarks about it
/// @param entry its part of the plan; null: it was left out
/// @param gateway that it belongs to, or asks for; null: nobody can tell
/// @param material what its entry stands for without naming it: version and fingerprint of the
///   Secret
public record Verdict<P>(
        String uid,
        long generation,
        List<Diagnostic> remarks,
        @Nullable P entry,
        @Nullable ObjectRef gateway,
        Material material) {
    public Verdict {
        remarks = List.copyOf(remarks);
    }

    public boolean refused() {
        return remarks.stream().anyMatch(remark -> remark.severity() == Severity.Error);
    }

    /// Facts of a Secret that may be shown.
    ///
    /// @param fingerprint first 8 hexadecimal digits of the value's SHA-256; of a generated key its
    ///   visible start; empty: none
    /// @param version resourceVersion of the Secret; empty: none
    public record Material(String fingerprint, String version) {
        public static final Material NONE = new Material("", "");
    }
}
