package dev.llmgateway.operator.snapshot;

import dev.llmgateway.crds.api.GatewayRef;
import dev.llmgateway.crds.compile.Diagnostic;
import dev.llmgateway.crds.compile.Reason;
import dev.llmgateway.crds.compile.Severity;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.resource.Declared;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The verdicts of all accounts, or of all keys.
///
/// @param <P> an object's part of the plan
final class Members<P> {
    private final Map<ObjectRef, P> entries = new HashMap<>();
    private final Map<ObjectRef, ObjectRef> gateways = new HashMap<>();
    private final Map<ObjectRef, Verdict<P>> verdicts = new HashMap<>();

    Members(
            Map<ObjectRef, GatewayPlan> plans,
            Function<GatewayPlan, List<P>> members,
            Function<P, ObjectRef> ref) {
        plans.forEach((gateway, plan) ->
                members.apply(plan)
                        .forEach(entry -> {
                            entries.put(ref.apply(entry), entry);
                            gateways.put(ref.apply(entry), gateway);
                        }));
    }

    Map<ObjectRef, Verdict<P>> verdicts() {
        return verdicts;
    }

    <S extends Record, R extends Declared<S, ?>> void judge(
            R object,
            Map<ObjectRef, List<Diagnostic>> remarks,
            Function<S, @Nullable GatewayRef> gatewayRef,
            BiFunction<R, @Nullable P, Verdict.Material> material,
            Collection<ObjectRef> knownGateways) {
        ObjectRef ref = Manifests.ref(object);
        P entry = entries.get(ref);
        S spec = object.getSpec();
        ObjectRef gateway = gateways.get(ref);
        if (gateway == null && spec != null) {
            gateway = wanted(gatewayRef.apply(spec), ref.namespace(), knownGateways);
        }
        verdicts.put(
                ref,
                new Verdict<>(
                        object.getMetadata().getUid(),
                        object.getMetadata().getGeneration(),
                        remarks.getOrDefault(ref, List.of()),
                        entry,
                        gateway,
                        spec == null ? Verdict.Material.NONE : material.apply(object, entry)));
    }

    /// How many ask for a gateway.
    int of(ObjectRef gateway) {
        return (int)
                verdicts.values().stream()
                        .filter(verdict -> gateway.equals(verdict.gateway()))
                        .count();
    }

    /// Whether a gateway may have none. Objects that this release cannot read, or finds invalid,
    /// were not removed by anybody.
    boolean mayBeEmpty(ObjectRef gateway) {
        return verdicts.values().stream()
                .filter(verdict -> gateway.equals(verdict.gateway()) || verdict.gateway() == null)
                .flatMap(verdict -> verdict.remarks().stream())
                .noneMatch(remark ->
                        remark.severity() == Severity.Error
                                && remark.reason() == Reason.UnsupportedValue);
    }

    private static @Nullable ObjectRef wanted(
            @Nullable GatewayRef reference, String namespace, Collection<ObjectRef> gateways) {
        if (reference != null) {
            String target = reference.namespace();
            return new ObjectRef(target == null ? namespace : target, reference.name());
        }
        List<ObjectRef> own =
                gateways.stream().filter(gateway -> gateway.namespace().equals(namespace)).toList();
        return own.size() == 1 ? own.getFirst() : null;
    }
}
