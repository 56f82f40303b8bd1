package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.plan.ObjectRef;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `maxPerNamespace`: the oldest objects of a namespace stay, the newest are left out.
final class Quota {
    /// The field that sets the bound.
    enum Kind {
        allowedAccounts,
        allowedKeys
    }

    /// Objects of one namespace at one gateway.
    private record Group(ObjectRef gateway, String namespace) {}

    private Quota() {}

    static <S extends Record, P> List<Member<S, P>> keepOldest(
            List<Member<S, P>> members, Kind kind) {
        Map<Group, Integer> counts = new HashMap<>();
        return members.stream()
                .sorted(Comparator.comparing(Member::subject, Subject.BY_AGE))
                .filter(member -> fits(member, counts.merge(group(member), 1, Integer::sum), kind))
                .toList();
    }

    private static Group group(Member<?, ?> member) {
        return new Group(member.gateway().ref(), member.subject().namespace());
    }

    private static boolean fits(Member<?, ?> member, int count, Kind kind) {
        int most = most(member.gateway().spec(), kind);
        if (count > most) {
            member.subject()
                    .findings()
                    .error(Reason.ConfigTooLarge, "spec.gatewayRef", message(member, kind, most));
        }
        return count <= most;
    }

    private static int most(GatewayConfigSpec spec, Kind kind) {
        Integer most =
                switch (kind) {
                    case allowedAccounts -> spec.allowedAccounts().maxPerNamespace();
                    case allowedKeys -> spec.allowedKeys().maxPerNamespace();
                };
        return most == null ? Integer.MAX_VALUE : most;
    }

    private static String message(Member<?, ?> member, Kind kind, int most) {
        return "the gateway takes the oldest "
                + most
                + " of namespace "
                + member.subject().namespace()
                + "; raise in GatewayConfig "
                + member.gateway().ref()
                + " `spec: {"
                + kind
                + ": {maxPerNamespace: "
                + (most + 1)
                + "}}` or more";
    }
}
