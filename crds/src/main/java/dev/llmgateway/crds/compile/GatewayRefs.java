package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.api.GatewayRef;
import dev.llmgateway.crds.manifest.UnreadableObject;
import dev.llmgateway.crds.plan.ObjectRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds the gateway an object belongs to.
final class GatewayRefs {
    private final TreeSet<ObjectRef> written = new TreeSet<>();
    private final Map<ObjectRef, GatewayDraft> valid;

    /// @param unreadable gateways among them count as written, so nobody's "only gateway" changes
    ///   silently
    GatewayRefs(
            List<Subject<GatewayConfigSpec>> gateways,
            List<UnreadableObject> unreadable,
            Map<ObjectRef, GatewayDraft> valid) {
        gateways.forEach(gateway -> written.add(gateway.ref()));
        unreadable.stream()
                .filter(object -> object.kind().equals("GatewayConfig"))
                .forEach(object -> written.add(new ObjectRef(object.namespace(), object.name())));
        this.valid = valid;
    }

    /// Empty: none, and why is in the findings.
    Optional<GatewayDraft> resolve(@Nullable GatewayRef ref, Subject<?> subject) {
        Optional<ObjectRef> target =
                ref == null ? onlyOne(subject) : Optional.of(target(ref, subject));
        return target.flatMap(name -> find(name, subject));
    }

    private static ObjectRef target(GatewayRef ref, Subject<?> subject) {
        return new ObjectRef(
                ref.namespace() == null ? subject.namespace() : ref.namespace(), ref.name());
    }

    private Optional<ObjectRef> onlyOne(Subject<?> subject) {
        List<ObjectRef> own =
                written.stream()
                        .filter(gateway -> gateway.namespace().equals(subject.namespace()))
                        .toList();
        if (own.size() == 1) {
            return Optional.of(own.getFirst());
        }
        notFound(
                subject,
                own.isEmpty()
                        ? "namespace "
                                + subject.namespace()
                                + " has no GatewayConfig; add `spec: {gatewayRef: {name: NAME,"
                                + " namespace: NAMESPACE}}`"
                        : "namespace "
                                + subject.namespace()
                                + " has several GatewayConfigs; add `spec: {gatewayRef: {name: "
                                + own.getFirst().name()
                                + "}}` or name another");
        return Optional.empty();
    }

    private Optional<GatewayDraft> find(ObjectRef name, Subject<?> subject) {
        GatewayDraft draft = valid.get(name);
        if (draft == null) {
            notFound(
                    subject,
                    written.contains(name)
                            ? "GatewayConfig " + name + " is invalid and left out"
                            : "there is no GatewayConfig " + name);
        }
        return Optional.ofNullable(draft);
    }

    private static void notFound(Subject<?> subject, String message) {
        subject.findings().error(Reason.GatewayNotFound, "spec.gatewayRef", message);
    }
}
