package dev.llmgateway.runtime.source;

import dev.llmgateway.crds.plan.Emptiable;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.IndexedPart;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.plan.PlanBundle;
import dev.llmgateway.crds.plan.PlanIndex;
import dev.llmgateway.crds.plan.PlanPart;
import dev.llmgateway.runtime.exchange.LoadReport;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Takes a bundle into force whole, or not at all. Used by one thread.
final class BundleIntake {
    private final ObjectRef gateway;
    private final InstantSource clock;
    private final PlanSink sink;

    private PlanIndex inForce = PlanIndex.NONE;
    private @Nullable GatewayPlan plan;
    private Map<String, PlanPart> held = Map.of();
    private long loadedAt;

    /// @param gateway whose bundle this is; any other is refused
    BundleIntake(ObjectRef gateway, InstantSource clock, PlanSink sink) {
        this.gateway = gateway;
        this.clock = clock;
        this.sink = sink;
    }

    /// Whether some plan is in force.
    boolean loaded() {
        return plan != null;
    }

    /// Reads what an index names, and puts it in force if all of it is as it should be.
    ///
    /// @param text of the index
    /// @return whether it was news
    /// @throws IOException saying what is wrong; the plan in force is then untouched
    boolean take(String text, BundleSource source) throws IOException {
        PlanIndex index = PlanIndex.decode(text);
        if (index.revision().compareTo(inForce.revision()) < 0) {
            throw new IOException("the index names the older " + index.revision());
        }
        boolean news = !loaded() || !index.digest().equals(inForce.digest());
        if (news) {
            Map<String, PlanPart> parts = parts(index, source);
            apply(index, PlanBundle.assemble(index, parts.values()));
            held = parts;
            loadedAt = clock.millis();
        }
        inForce = index;
        report(List.of(), 0);
        return news;
    }

    /// Tells why the source could not be followed.
    void failed(String problem) {
        String stays = loaded() ? "; " + inForce.revision() + " stays in force" : "";
        report(List.of(problem + stays), 1);
    }

    /// By digest, so that only what changed is read.
    private Map<String, PlanPart> parts(PlanIndex index, BundleSource source) throws IOException {
        Map<String, PlanPart> parts = new HashMap<>();
        for (IndexedPart part : index.parts()) {
            PlanPart known = held.get(part.sha256());
            if (known != null) {
                parts.put(part.sha256(), known);
            }
        }
        List<IndexedPart> changed =
                index.parts().stream().filter(part -> !parts.containsKey(part.sha256())).toList();
        source.parts(changed).forEach((part, content) -> parts.put(part.sha256(), content));
        return parts;
    }

    private void apply(PlanIndex index, PlanBundle bundle) throws IOException {
        GatewayPlan next = bundle.plan();
        if (!next.gateway().equals(gateway)) {
            throw new IOException("the bundle is of gateway " + next.gateway());
        }
        refuseShrinking(index, next);
        try {
            sink.apply(bundle.revision().toString(), next, bundle.credentials());
        } catch (RuntimeException e) {
            throw new IOException(
                    bundle.revision() + " cannot be put in force: " + e.getMessage(), e);
        }
        plan = next;
    }

    private void refuseShrinking(PlanIndex index, GatewayPlan next) throws IOException {
        GatewayPlan before = plan;
        if (before == null) {
            return;
        }
        boolean noAccount = next.accounts().isEmpty() && !before.accounts().isEmpty();
        boolean noKey = next.keys().isEmpty() && !before.keys().isEmpty();
        if (noAccount && !index.allowEmpty().contains(Emptiable.Accounts)) {
            throw new IOException(index.revision() + " has no accounts, and does not say so");
        }
        if (noKey && !index.allowEmpty().contains(Emptiable.Keys)) {
            throw new IOException(index.revision() + " has no keys, and does not say so");
        }
    }

    private void report(List<String> problems, int errors) {
        sink.report(
                new LoadReport(
                        loaded() ? inForce.revision().toString() : "",
                        problems,
                        errors,
                        loadedAt,
                        inForce.readyPods(),
                        digests()),
                List.of());
    }

    private SortedMap<String, String> digests() {
        SortedMap<String, String> digests =
                inForce.parts().stream()
                        .collect(
                                Collectors.toMap(
                                        part -> part.name().toString(),
                                        IndexedPart::sha256,
                                        (first, _) -> first,
                                        TreeMap::new));
        if (loaded()) {
            digests.put("index", inForce.digest());
        }
        return digests;
    }
}
