package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.GatewayKeySpec;
import dev.llmgateway.crds.api.Limits;
import dev.llmgateway.crds.api.Policy;
import dev.llmgateway.crds.plan.KeyHash;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.LimitPlan;
import dev.llmgateway.crds.plan.WireFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One client key.
final class KeyCompiler {
    private final World world;
    private final GatewayRefs gateways;

    KeyCompiler(World world, GatewayRefs gateways) {
        this.world = world;
        this.gateways = gateways;
    }

    /// Empty: left out, and why is in the findings.
    Optional<Member<GatewayKeySpec, KeyPlan>> compile(Subject<GatewayKeySpec> key) {
        return gateways.resolve(key.spec().gatewayRef(), key)
                .flatMap(gateway -> compile(key, gateway));
    }

    private Optional<Member<GatewayKeySpec, KeyPlan>> compile(
            Subject<GatewayKeySpec> key, GatewayDraft gateway) {
        Consent.checkKey(key, gateway);
        KeyRules.checkAccess(key, gateway);
        long expiresAt = KeyRules.checkExpiry(key, gateway, world.now());
        Optional<Policy> policy = PolicyRules.choose(key, gateway, world.namespaces());
        List<String> pools = PolicyRules.pools(key, policy);
        List<KeyHash> hashes = KeyHashes.of(key, world.secrets());
        if (key.findings().failed() || hashes.isEmpty()) {
            return Optional.empty();
        }
        KeyPlan plan = plan(key, gateway, hashes, expiresAt, policy, pools);
        return Optional.of(new Member<>(key, gateway, plan));
    }

    private KeyPlan plan(
            Subject<GatewayKeySpec> key,
            GatewayDraft gateway,
            List<KeyHash> hashes,
            long expiresAt,
            Optional<Policy> policy,
            List<String> pools) {
        GatewayKeySpec spec = key.spec();
        GatewayKeySpec.Owner owner = spec.owner();
        return new KeyPlan(
                key.ref(),
                key.manifest().uid(),
                hashes,
                owner == null ? "" : owner.kind().name(),
                owner == null ? "" : owner.name(),
                access(spec.access()),
                expiresAt,
                formats(spec),
                PolicyRules.filters(spec, policy),
                pools,
                Consent.accountNamespaces(key, gateway, world.namespaces()),
                RouteCompiler.compile(spec.modelRoutes()),
                limits(spec, policy),
                BudgetCompiler.ofKey(spec.budgets(), policy),
                spec.suspended());
    }

    private static SortedSet<KeyPlan.Access> access(List<GatewayKeySpec.Access> access) {
        return access.stream()
                .map(right -> KeyPlan.Access.valueOf(right.name()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static SortedSet<WireFormat> formats(GatewayKeySpec spec) {
        return spec.permissions().formats().isEmpty()
                ? WireFormats.all()
                : WireFormats.plan(spec.permissions().formats());
    }

    private static LimitPlan limits(GatewayKeySpec spec, Optional<Policy> policy) {
        return LimitCompiler.compile(
                spec.limits(),
                limits(policy.map(Policy::defaults)),
                limits(policy.map(Policy::ceilings)));
    }

    private static @Nullable Limits limits(Optional<Policy.Caps> caps) {
        return caps.map(Policy.Caps::limits).orElse(null);
    }
}
