package dev.llmgateway.operator.snapshot;

import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.KeyHash;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.PlanBundle;
import dev.llmgateway.crds.resource.GatewayKey;
import dev.llmgateway.crds.resource.UpstreamAccount;
import dev.llmgateway.operator.owned.Labels;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What nobody has taken back: accounts that still stand, and digests that still open keys. While a
/// gateway is invalid its last plan stays in force, but not what was revoked since.
///
/// @param accounts UIDs
/// @param keys digests by UID, hexadecimal
public record Standing(Set<String> accounts, Map<String, Set<String>> keys) {
    /// Nothing was looked at.
    static final Standing UNKNOWN = new Standing(Set.of(), Map.of());

    public Standing {
        accounts = Set.copyOf(accounts);
        keys = Map.copyOf(keys);
    }

    static Standing of(Objects objects) {
        Set<String> accounts =
                objects.accounts()
                        .all()
                        .filter(account -> stands(account, objects))
                        .map(account -> account.getMetadata().getUid())
                        .collect(Collectors.toSet());
        Map<String, Set<String>> keys = new HashMap<>();
        objects.keys()
                .all()
                .filter(key -> key.getSpec() != null && !key.getSpec().suspended())
                .forEach(key -> keys.put(key.getMetadata().getUid(), digests(key, objects)));
        return new Standing(accounts, keys);
    }

    private static boolean stands(UpstreamAccount account, Objects objects) {
        if (account.getSpec() == null || account.getSpec().suspended()) {
            return false;
        }
        Auth auth = account.getSpec().auth();
        return auth == null
                || auth.apiKey() == null
                || objects.released()
                        .find(
                                account.getMetadata().getNamespace(),
                                auth.apiKey().secretRef().name())
                        .isPresent();
    }

    private static Set<String> digests(GatewayKey key, Objects objects) {
        var generate = key.getSpec().source().generate();
        Stream<String> digests =
                generate == null
                        ? key.getSpec().source().hashes().stream()
                                .map(hash -> hash.substring(hash.indexOf(':') + 1))
                        : objects
                                .generated()
                                .find(key.getMetadata().getNamespace(), generate.secretName())
                                .filter(secret -> Labels.owned(secret, key))
                                .stream()
                                .flatMap(Standing::digests);
        return digests.collect(Collectors.toSet());
    }

    private static Stream<String> digests(Secret secret) {
        return secret.getData() == null
                ? Stream.empty()
                : Stream.of("sha256", "previous-sha256")
                        .flatMap(name -> Stream.ofNullable(secret.getData().get(name)))
                        .map(Manifests::decoded);
    }

    /// A bundle without what no longer stands.
    public PlanBundle of(PlanBundle last) {
        GatewayPlan plan = of(last.plan());
        Map<CredentialRef, String> named = new HashMap<>(last.credentials());
        named.keySet()
                .retainAll(
                        Stream.concat(Credentials.named(plan), Stream.of(idKey(plan)))
                                .collect(Collectors.toSet()));
        return new PlanBundle(last.revision(), plan, named);
    }

    /// Where a bundle holds what ids of stored responses are sealed with (decision 105).
    public static CredentialRef idKey(GatewayPlan plan) {
        return new CredentialRef(plan.gateway().namespace(), plan.gateway().name(), "id-key");
    }

    private GatewayPlan of(GatewayPlan last) {
        List<AccountPlan> left =
                last.accounts().stream()
                        .filter(account -> accounts.contains(account.uid()))
                        .toList();
        List<KeyPlan> open = new ArrayList<>();
        for (KeyPlan key : last.keys()) {
            Set<String> digests = keys.getOrDefault(key.uid(), Set.of());
            List<KeyHash> hashes =
                    key.hashes().stream().filter(hash -> digests.contains(hash.sha256())).toList();
            if (!hashes.isEmpty()) {
                open.add(key.withHashes(hashes));
            }
        }
        return new GatewayPlan(
                last.gateway(), last.settings(), left, open, last.routes(), last.catalog());
    }
}
