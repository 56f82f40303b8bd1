package dev.llmgateway.crds.plan;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/// One usable upstream account, every default filled in.
///
/// @param uid identity of the object; state of the process (health, in-flight) is keyed by it
/// @param baseURL absolute http(s) URL without trailing slash; empty for `Simulated`
/// @param formats native wire formats, never empty
/// @param models requested names this account serves; never empty (`*` serves all)
/// @param priority 0-9, lower first
/// @param weight 1-1000, share inside a priority
/// @param consumers namespaces whose keys may spend this account (the account's and the gateway's
///   consent)
/// @param suspended no new requests; streams finish
public record AccountPlan(
        ObjectRef ref,
        String uid,
        Provider provider,
        String baseURL,
        SortedSet<WireFormat> formats,
        CredentialPlan credential,
        List<ModelMapping> models,
        String pool,
        int priority,
        int weight,
        CapacityPlan capacity,
        HealthPlan health,
        List<HeaderPlan> addHeaders,
        List<String> forwardHeaders,
        EgressPlan egress,
        TimeoutPlan timeouts,
        NamespaceSet consumers,
        boolean suspended) {
    public AccountPlan {
        if (formats.isEmpty() || models.isEmpty()) {
            throw new IllegalArgumentException("account " + ref + " has no formats or no models");
        }
        formats = Collections.unmodifiableSortedSet(new TreeSet<>(formats));
        models = List.copyOf(models);
        addHeaders = List.copyOf(addHeaders);
        forwardHeaders = List.copyOf(forwardHeaders);
    }

    /// Where its provider moved it with its token; itself, unless it did and may.
    AccountPlan located(Function<CredentialRef, Optional<String>> values) {
        return credential instanceof CredentialPlan.OAuth oauth
                ? values.apply(oauth.resourceURL())
                        .flatMap(oauth::baseURL)
                        .map(this::at)
                        .orElse(this)
                : this;
    }

    private AccountPlan at(String url) {
        return new AccountPlan(
                ref,
                uid,
                provider,
                url,
                formats,
                credential,
                models,
                pool,
                priority,
                weight,
                capacity,
                health,
                addHeaders,
                forwardHeaders,
                egress,
                timeouts,
                consumers,
                suspended);
    }
}
