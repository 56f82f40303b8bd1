package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.api.GatewayKeySpec;
import dev.llmgateway.crds.api.UpstreamAccountSpec;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.UnreadableObject;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.ObjectRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Manifests to plans, purely: the same objects, options and time always give the same compilation.
/// An invalid object is left out and named; all others apply.
public final class Compiler {
    private final World world;
    private final Subjects<GatewayConfigSpec> gateways;
    private final Subjects<UpstreamAccountSpec> accounts;
    private final Subjects<GatewayKeySpec> keys;
    private final List<UnreadableObject> unreadable;

    private Compiler(ManifestSet set, Instant now) {
        world = World.of(set, now);
        gateways = Subjects.judge("GatewayConfig", set.gateways(), NotEnforced.GATEWAY);
        accounts = Subjects.judge("UpstreamAccount", set.accounts(), NotEnforced.ACCOUNT);
        keys = Subjects.judge("GatewayKey", set.keys(), NotEnforced.KEY);
        unreadable = set.unreadable();
    }

    /// @param now against which `keyPolicy.maxTTL` is held where a key's creation is unknown
    public static Compilation compile(ManifestSet set, Instant now, CompileOptions options) {
        return new Compiler(options.defaultGateway() ? DefaultGateway.into(set) : set, now).run();
    }

    /// As in a cluster.
    public static Compilation compile(ManifestSet set, Instant now) {
        return compile(set, now, CompileOptions.CLUSTER);
    }

    private Compilation run() {
        Map<ObjectRef, GatewayDraft> drafts = drafts();
        GatewayRefs refs = new GatewayRefs(gateways.all(), unreadable, drafts);
        AccountCompiler accountCompiler = new AccountCompiler(world, refs);
        List<Member<UpstreamAccountSpec, AccountPlan>> usableAccounts =
                usableAccounts(accountCompiler);
        List<Member<GatewayKeySpec, KeyPlan>> usableKeys = usableKeys(refs);

        SortedMap<ObjectRef, GatewayPlan> plans = new TreeMap<>();
        for (GatewayDraft draft : drafts.values()) {
            Assembly assembly = Assembly.of(draft, usableAccounts, usableKeys);
            assembly.warn();
            plans.put(draft.ref(), assembly.plan());
        }
        return new Compilation(plans, accountCompiler.signIns(), diagnostics());
    }

    private Map<ObjectRef, GatewayDraft> drafts() {
        GatewayCompiler compiler = new GatewayCompiler(world);
        Map<ObjectRef, GatewayDraft> drafts = new TreeMap<>();
        gateways.valid().stream()
                .flatMap(gateway -> compiler.compile(gateway).stream())
                .forEach(draft -> drafts.put(draft.ref(), draft));
        return drafts;
    }

    private List<Member<UpstreamAccountSpec, AccountPlan>> usableAccounts(
            AccountCompiler compiler) {
        return Quota.keepOldest(
                accounts.valid().stream()
                        .flatMap(account -> compiler.compile(account).stream())
                        .toList(),
                Quota.Kind.allowedAccounts);
    }

    private List<Member<GatewayKeySpec, KeyPlan>> usableKeys(GatewayRefs refs) {
        KeyCompiler compiler = new KeyCompiler(world, refs);
        return Quota.keepOldest(
                HashConflicts.keepOldest(
                        keys.valid().stream()
                                .flatMap(key -> compiler.compile(key).stream())
                                .toList()),
                Quota.Kind.allowedKeys);
    }

    private List<Diagnostic> diagnostics() {
        return Stream.of(
                        gateways.diagnostics(),
                        accounts.diagnostics(),
                        keys.diagnostics(),
                        unreadable.stream().map(Compiler::leftOut).toList())
                .flatMap(List::stream)
                .sorted(Diagnostic.ORDER)
                .toList();
    }

    private static Diagnostic leftOut(UnreadableObject object) {
        return new Diagnostic(
                Severity.Error,
                object.kind(),
                new ObjectRef(object.namespace(), object.name()),
                object.source(),
                object.path(),
                Reason.UnsupportedValue,
                object.message());
    }
}
