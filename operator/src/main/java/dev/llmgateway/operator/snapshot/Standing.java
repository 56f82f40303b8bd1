package dev.llmgateway.operator.snapshot;

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
import java.util.HashSet;
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
/// @param credentials what the Secrets of these accounts hold now: tokens are renewed whatever is
///   wrong with the gateway
public record Standing(
        Set<String> accounts,
        Map<String, Set<String>> keys,
        Map<CredentialRef, String> credentials) {
    /// Nothing was looked at.
    static final Standing UNKNOWN = new Standing(Set.of(), Map.of(), Map.of());

    public Standing {
        accounts = Set.copyOf(accounts);
        keys = Map.copyOf(keys);
        credentials = Map.copyOf(credentials);
    }

    static Standing of(Objects objects) {
        Set<String> accounts = new HashSet<>();
        Map<CredentialRef, String> credentials = new HashMap<>();
        objects.accounts()
                .all()
                .filter(account -> stands(account, objects))
                .forEach(account -> {
                    accounts.add(account.getMetadata().getUid());
                    credentials.putAll(values(account, objects));
                });
        Map<String, Set<String>> keys = new HashMap<>();
        objects.keys()
                .all()
                .filter(key -> key.getSpec() != null && !key.getSpec().suspended())
                .forEach(key -> keys.put(key.getMetadata().getUid(), digests(key, objects)));
        return new Standing(accounts, keys, credentials);
    }

    private static boolean stands(UpstreamAccount account, Objects objects) {
        if (account.getSpec() == null || account.getSpec().suspended()) {
            return false;
        }
        return Credentials.secret(account.getSpec().auth())
                .map(secret ->
                        objects.released()
                                .find(account.getMetadata().getNamespace(), secret)
                                .isPresent())
                .orElse(true);
    }

    /// Everything of the account's Secret that a header may carry.
    private static Map<CredentialRef, String> values(UpstreamAccount account, Objects objects) {
        Map<CredentialRef, String> values = new HashMap<>();
        String namespace = account.getMetadata().getNamespace();
        Credentials.secret(account.getSpec().auth())
                .flatMap(secret -> objects.released().find(namespace, secret))
                .filter(secret -> secret.getData() != null)
                .ifPresent(secret ->
                        secret.getData()
                                .forEach((key, base64) ->
                                        values.put(
                                                new CredentialRef(
                                                        namespace,
                                                        secret.getMetadata().getName(),
                                                        key),
                                                Manifests.decoded(base64))));
        return values;
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
        named.putAll(credentials);
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

    @Override
    public String toString() {
        return "Standing[" + accounts.size() + " accounts, " + keys.size() + " keys]";
    }
}
