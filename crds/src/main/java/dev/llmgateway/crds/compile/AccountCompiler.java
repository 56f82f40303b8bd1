package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.HeaderRules;
import dev.llmgateway.crds.api.UpstreamAccountSpec;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.CapacityPlan;
import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.EgressPlan;
import dev.llmgateway.crds.plan.HeaderPlan;
import dev.llmgateway.crds.plan.ModelMapping;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.crds.plan.WireFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One upstream account.
final class AccountCompiler {
    private final World world;
    private final GatewayRefs gateways;
    private final SortedMap<ObjectRef, SignIn> signIns = new TreeMap<>();

    AccountCompiler(World world, GatewayRefs gateways) {
        this.world = world;
        this.gateways = gateways;
    }

    /// Empty: left out, and why is in the findings.
    Optional<Member<UpstreamAccountSpec, AccountPlan>> compile(
            Subject<UpstreamAccountSpec> account) {
        return gateways.resolve(account.spec().gatewayRef(), account)
                .flatMap(gateway -> compile(account, gateway));
    }

    /// Of the accounts compiled so far.
    SortedMap<ObjectRef, SignIn> signIns() {
        return signIns;
    }

    private Optional<Member<UpstreamAccountSpec, AccountPlan>> compile(
            Subject<UpstreamAccountSpec> account, GatewayDraft gateway) {
        Consent.checkAccount(account, gateway);
        checkSimulation(account, gateway);
        String baseURL = baseURL(account, gateway.addressRules());
        List<ModelMapping> models = models(account);
        EgressPlan egress =
                EgressCompiler.ofAccount(account.spec().egress(), account, gateway, world);
        SignInCompiler.compile(account, gateway, egress)
                .ifPresent(signIn -> signIns.put(account.ref(), signIn));
        Optional<CredentialPlan> credential = CredentialCompiler.compile(account, world.secrets());
        if (account.findings().failed() || credential.isEmpty()) {
            return Optional.empty();
        }
        AccountPlan plan = plan(account, gateway, baseURL, models, egress, credential.get());
        return Optional.of(new Member<>(account, gateway, plan));
    }

    private AccountPlan plan(
            Subject<UpstreamAccountSpec> account,
            GatewayDraft gateway,
            String baseURL,
            List<ModelMapping> models,
            EgressPlan egress,
            CredentialPlan credential) {
        UpstreamAccountSpec spec = account.spec();
        return new AccountPlan(
                account.ref(),
                account.manifest().uid(),
                Provider.valueOf(spec.provider().name()),
                baseURL,
                formats(spec),
                credential,
                models,
                spec.pool(),
                spec.priority(),
                spec.weight(),
                capacity(spec.capacity()),
                HealthCompiler.compile(spec.health()),
                addedHeaders(spec.headers()),
                spec.headers() == null ? List.of() : spec.headers().forward(),
                egress,
                TimeoutCompiler.compile(spec.timeouts(), gateway.spec().timeouts()),
                Consent.consumers(account, gateway, world.namespaces()),
                spec.suspended());
    }

    private static void checkSimulation(
            Subject<UpstreamAccountSpec> account, GatewayDraft gateway) {
        if (account.spec().provider() == UpstreamAccountSpec.Provider.Simulated
                && !gateway.spec().simulation().enabled()) {
            account.findings()
                    .unsupported(
                            "spec.provider",
                            "Simulated needs the gateway's permission; add to GatewayConfig "
                                    + gateway.ref()
                                    + " `spec: {simulation: {enabled: true}}`");
        }
    }

    /// Without trailing slashes; `Simulated` has none whatever is written.
    private static String baseURL(Subject<UpstreamAccountSpec> account, AddressRules addresses) {
        UpstreamAccountSpec spec = account.spec();
        if (spec.provider() == UpstreamAccountSpec.Provider.Simulated) {
            return "";
        }
        String url =
                spec.baseURL() == null
                        ? ProviderDefaults.of(spec.provider()).baseURL()
                        : spec.baseURL();
        addresses.refuse(url).ifPresent(why -> account.findings().unsupported("spec.baseURL", why));
        return url.replaceAll("/+\\z", "");
    }

    private static List<ModelMapping> models(Subject<UpstreamAccountSpec> account) {
        UpstreamAccountSpec.Provider provider = account.spec().provider();
        List<ModelMapping> models = ProviderDefaults.of(provider).mappings(account.spec().models());
        if (models.isEmpty()) {
            account.findings()
                    .unsupported(
                            "spec.models",
                            provider
                                    + " has no default models; list them, or all with `models:"
                                    + " [{name: \"*\"}]`");
        }
        return models;
    }

    private static SortedSet<WireFormat> formats(UpstreamAccountSpec spec) {
        return spec.formats().isEmpty()
                ? new TreeSet<>(ProviderDefaults.of(spec.provider()).formats())
                : WireFormats.plan(spec.formats());
    }

    private static CapacityPlan capacity(UpstreamAccountSpec.@Nullable Capacity capacity) {
        return capacity == null
                ? CapacityPlan.UNLIMITED
                : new CapacityPlan(
                        orUnlimited(capacity.requestsPerMinute()),
                        orUnlimited(capacity.tokensPerMinute()),
                        capacity.maxConcurrent() == null ? 0 : capacity.maxConcurrent());
    }

    private static long orUnlimited(@Nullable Long limit) {
        return limit == null ? 0 : limit;
    }

    private static List<HeaderPlan> addedHeaders(@Nullable HeaderRules headers) {
        return headers == null
                ? List.of()
                : headers.add().stream()
                        .map(header -> new HeaderPlan(header.name(), header.value()))
                        .toList();
    }
}
