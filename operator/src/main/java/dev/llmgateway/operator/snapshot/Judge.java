package dev.llmgateway.operator.snapshot;

import static java.util.stream.Collectors.groupingBy;

import dev.llmgateway.crds.api.GatewayKeySpec;
import dev.llmgateway.crds.api.UpstreamAccountSpec;
import dev.llmgateway.crds.compile.Compilation;
import dev.llmgateway.crds.compile.Compiler;
import dev.llmgateway.crds.compile.Diagnostic;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.Emptiable;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.resource.GatewayConfig;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// One compilation of everything, told object by object.
final class Judge {
    private final Objects objects;
    private final Credentials credentials;
    private final Compilation compilation;
    private final Map<String, Map<ObjectRef, List<Diagnostic>>> remarks;
    private final Map<String, Long> created = new HashMap<>();

    private Judge(Objects objects, Compilation compilation) {
        this.objects = objects;
        this.compilation = compilation;
        credentials = new Credentials(objects);
        remarks =
                compilation.diagnostics().stream()
                        .collect(groupingBy(Diagnostic::kind, groupingBy(Diagnostic::object)));
        Stream.concat(objects.accounts().all(), objects.keys().all())
                .map(object -> object.getMetadata())
                .forEach(meta ->
                        created.put(
                                meta.getUid(),
                                Instant.parse(meta.getCreationTimestamp()).toEpochMilli()));
    }

    static Judgement judge(Objects objects, Collection<ObjectRef> unreleased, Instant now) {
        return new Judge(objects, Compiler.compile(Manifests.of(objects, unreleased), now))
                .judgement();
    }

    private Judgement judgement() {
        List<GatewayConfig> written = objects.gateways().all().toList();
        List<ObjectRef> refs = written.stream().map(Manifests::ref).toList();
        Members<AccountPlan> accounts = accounts(refs);
        Members<KeyPlan> keys = keys(refs);
        Map<ObjectRef, GatewayVerdict> gateways = new HashMap<>();
        written.forEach(
                gateway -> gateways.put(Manifests.ref(gateway), gateway(gateway, accounts, keys)));
        return new Judgement(gateways, accounts.verdicts(), keys.verdicts(), signIns());
    }

    private Map<ObjectRef, OAuthAccount> signIns() {
        Map<ObjectRef, OAuthAccount> accounts = new HashMap<>();
        compilation
                .signIns()
                .forEach((ref, signIn) ->
                        accounts.put(
                                ref,
                                new OAuthAccount(
                                        signIn,
                                        objects.released()
                                                .find(ref.namespace(), signIn.secret())
                                                .map(each -> each.getMetadata())
                                                .map(meta -> meta.getResourceVersion())
                                                .orElse(""))));
        return accounts;
    }

    private Members<AccountPlan> accounts(List<ObjectRef> gateways) {
        Members<AccountPlan> accounts =
                new Members<>(compilation.plans(), GatewayPlan::accounts, AccountPlan::ref);
        objects.accounts()
                .all()
                .forEach(account ->
                        accounts.judge(
                                account,
                                remarks("UpstreamAccount"),
                                UpstreamAccountSpec::gatewayRef,
                                (_, entry) ->
                                        entry == null
                                                ? Verdict.Material.NONE
                                                : credentials.of(entry),
                                gateways));
        return accounts;
    }

    private Members<KeyPlan> keys(List<ObjectRef> gateways) {
        Members<KeyPlan> keys = new Members<>(compilation.plans(), GatewayPlan::keys, KeyPlan::ref);
        objects.keys()
                .all()
                .forEach(key ->
                        keys.judge(
                                key,
                                remarks("GatewayKey"),
                                GatewayKeySpec::gatewayRef,
                                (object, _) -> credentials.of(object),
                                gateways));
        return keys;
    }

    private GatewayVerdict gateway(
            GatewayConfig gateway, Members<AccountPlan> accounts, Members<KeyPlan> keys) {
        ObjectRef ref = Manifests.ref(gateway);
        GatewayPlan plan = compilation.plans().get(ref);
        Set<Emptiable> allowEmpty = EnumSet.noneOf(Emptiable.class);
        if (plan != null && plan.accounts().isEmpty() && accounts.mayBeEmpty(ref)) {
            allowEmpty.add(Emptiable.Accounts);
        }
        if (plan != null && plan.keys().isEmpty() && keys.mayBeEmpty(ref)) {
            allowEmpty.add(Emptiable.Keys);
        }
        return new GatewayVerdict(
                gateway.getMetadata().getUid(),
                gateway.getMetadata().getGeneration(),
                remarks("GatewayConfig").getOrDefault(ref, List.of()),
                plan,
                plan == null ? Map.of() : credentials.of(plan),
                plan == null ? Map.of() : created(plan),
                allowEmpty,
                plan == null ? Standing.of(objects) : Standing.UNKNOWN,
                accounts.of(ref),
                keys.of(ref));
    }

    private Map<String, Long> created(GatewayPlan plan) {
        Map<String, Long> ofPlan = new HashMap<>();
        Stream.concat(
                        plan.accounts().stream().map(AccountPlan::uid),
                        plan.keys().stream().map(KeyPlan::uid))
                .forEach(uid -> ofPlan.put(uid, created.getOrDefault(uid, Long.MAX_VALUE)));
        return ofPlan;
    }

    private Map<ObjectRef, List<Diagnostic>> remarks(String kind) {
        return remarks.getOrDefault(kind, Map.of());
    }
}
