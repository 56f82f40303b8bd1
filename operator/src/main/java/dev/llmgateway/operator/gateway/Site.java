package dev.llmgateway.operator.gateway;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The objects of one gateway beside its bundle, as they were last brought about.
///
/// @param address `host:port` of the Service
/// @param adminToken of the pods' admin ports
/// @param idKey that ids of stored responses are sealed with; empty: not known
/// @param conflicts names that are taken by objects of others
/// @param refused what the API server did not take, and why
/// @param problems `path: what is wrong` with what the spec leaves to Kubernetes
record Site(
        String address,
        String adminToken,
        String idKey,
        List<String> conflicts,
        List<String> refused,
        List<String> problems) {
    /// Nothing was brought about: the gateway has no plan.
    static final Site NONE = new Site("", "", "", List.of(), List.of(), List.of());

    /// What stands in the way may be gone.
    static final Duration TROUBLE = Duration.ofSeconds(10);

    Site {
        conflicts = List.copyOf(conflicts);
        refused = List.copyOf(refused);
        problems = List.copyOf(problems);
    }

    boolean clean() {
        return conflicts.isEmpty() && refused.isEmpty();
    }

    /// When to look again though nothing has happened; null: never.
    @Nullable Duration again() {
        return clean() ? null : TROUBLE;
    }

    /// Without the token.
    @Override
    public String toString() {
        return "Site[" + address + "]";
    }
}
