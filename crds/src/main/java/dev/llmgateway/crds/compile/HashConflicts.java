package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.GatewayKeySpec;
import dev.llmgateway.crds.plan.KeyHash;
import dev.llmgateway.crds.plan.KeyPlan;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The same digest in two keys: the older key stays. The message names neither the other key nor
/// its namespace.
final class HashConflicts {
    private HashConflicts() {}

    static List<Member<GatewayKeySpec, KeyPlan>> keepOldest(
            List<Member<GatewayKeySpec, KeyPlan>> keys) {
        Set<String> taken = new HashSet<>();
        return keys.stream()
                .sorted(Comparator.comparing(Member::subject, Subject.BY_AGE))
                .filter(key -> claims(key, taken))
                .toList();
    }

    private static boolean claims(Member<GatewayKeySpec, KeyPlan> key, Set<String> taken) {
        List<String> digests = key.plan().hashes().stream().map(KeyHash::sha256).toList();
        if (digests.stream().anyMatch(taken::contains)) {
            key.subject()
                    .findings()
                    .error(
                            Reason.Conflict,
                            "spec.source",
                            "an older key has the same hash; make a new key");
            return false;
        }
        taken.addAll(digests);
        return true;
    }
}
