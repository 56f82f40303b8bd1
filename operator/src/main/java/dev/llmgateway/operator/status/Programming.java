package dev.llmgateway.operator.status;

import dev.llmgateway.crds.plan.Revision;
import dev.llmgateway.crds.resource.Reasons.ProgrammedReason;
import java.util.List;
import java.util.stream.Collectors;

/// How far a revision has come.
///
/// @param since first revision that holds the object as it is now; `NONE`: none yet
/// @param replicas pods of its gateway
public record Programming(Revision since, List<Replica> replicas) {
    public static final Programming NONE = new Programming(Revision.NONE, List.of());

    private static final int NAMED = 5;

    public Programming {
        replicas = List.copyOf(replicas);
    }

    /// Ready pods that do not run it yet.
    List<Replica> behind() {
        return replicas.stream()
                .filter(replica -> replica.ready() && replica.revision().compareTo(since) < 0)
                .toList();
    }

    Finding finding() {
        if (since.equals(Revision.NONE)) {
            return Finding.bad(
                    Conditions.PROGRAMMED, ProgrammedReason.Pending, "not published yet");
        }
        List<Replica> ready = replicas.stream().filter(Replica::ready).toList();
        List<Replica> behind = behind();
        if (ready.isEmpty()) {
            return Finding.unknown(
                    Conditions.PROGRAMMED,
                    ProgrammedReason.Pending,
                    "published as " + since + "; no ready pod is known");
        }
        if (behind.isEmpty()) {
            return Finding.good(
                    Conditions.PROGRAMMED, ProgrammedReason.Programmed, "every ready pod runs it");
        }
        return Finding.bad(
                Conditions.PROGRAMMED,
                behind.size() == ready.size()
                        ? ProgrammedReason.Pending
                        : ProgrammedReason.PartiallyProgrammed,
                "published as " + since + ", not yet on " + names(behind));
    }

    static String names(List<Replica> replicas) {
        String named =
                replicas.stream().limit(NAMED).map(Replica::pod).collect(Collectors.joining(", "));
        return replicas.size() > NAMED
                ? named + " and " + (replicas.size() - NAMED) + " more"
                : named;
    }
}
