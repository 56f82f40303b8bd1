package dev.llmgateway.operator.gateway;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.LeftOut;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.plan.Revision;
import dev.llmgateway.crds.resource.Programmed;
import dev.llmgateway.operator.status.Programming;
import dev.llmgateway.operator.status.Replica;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Since which revision each account and key is published as it is now. Reconcilers of both hear of
/// every change.
public final class Ledger {
    private final Replicas replicas;
    private final Map<ObjectRef, Page> pages = new ConcurrentHashMap<>();
    private final Map<ObjectRef, Running> running = new ConcurrentHashMap<>();
    private final List<Consumer<ObjectRef>> accountListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<ObjectRef>> keyListeners = new CopyOnWriteArrayList<>();

    public Ledger(Replicas replicas) {
        this.replicas = replicas;
        replicas.onChange(this::podsChanged);
    }

    /// @param entry as compiled
    /// @param exact false: published before this process began; the object's own status may know an
    ///   earlier revision
    private record Line(Object entry, Revision since, boolean exact) {}

    private record Page(Map<ObjectRef, Line> accounts, Map<ObjectRef, Line> keys) {
        static final Page NONE = new Page(Map.of(), Map.of());
    }

    public void onAccount(Consumer<ObjectRef> heard) {
        accountListeners.add(heard);
    }

    public void onKey(Consumer<ObjectRef> heard) {
        keyListeners.add(heard);
    }

    /// A revision is in force at the API server.
    ///
    /// @param flipped whether this process just made it
    void published(GatewayPlan plan, List<LeftOut> leftOut, Revision revision, boolean flipped) {
        Set<ObjectRef> out = leftOut.stream().map(LeftOut::object).collect(Collectors.toSet());
        Page before = pages.getOrDefault(plan.gateway(), Page.NONE);
        boolean exact = flipped || pages.containsKey(plan.gateway());
        Map<ObjectRef, Line> accounts = new HashMap<>();
        for (AccountPlan account : plan.accounts()) {
            note(accounts, before.accounts(), account.ref(), account, out, revision, exact);
        }
        Map<ObjectRef, Line> keys = new HashMap<>();
        for (KeyPlan key : plan.keys()) {
            note(keys, before.keys(), key.ref(), key, out, revision, exact);
        }
        pages.put(plan.gateway(), new Page(accounts, keys));
        tell(before.accounts(), accounts, accountListeners);
        tell(before.keys(), keys, keyListeners);
    }

    /// Forgets a gateway that is gone or has no plan.
    void withdrawn(ObjectRef gateway) {
        running.remove(gateway);
        Page before = pages.remove(gateway);
        if (before != null) {
            tell(before.accounts(), Map.of(), accountListeners);
            tell(before.keys(), Map.of(), keyListeners);
        }
    }

    /// @param known of the account's status, for the same generation; null: nothing
    public Programming account(
            @Nullable ObjectRef gateway, ObjectRef account, @Nullable Programmed known) {
        return gateway == null
                ? Programming.NONE
                : programming(gateway, page(gateway).accounts().get(account), known);
    }

    /// @param known of the key's status, for the same generation; null: nothing
    public Programming key(@Nullable ObjectRef gateway, ObjectRef key, @Nullable Programmed known) {
        return gateway == null
                ? Programming.NONE
                : programming(gateway, page(gateway).keys().get(key), known);
    }

    private Page page(ObjectRef gateway) {
        return pages.getOrDefault(gateway, Page.NONE);
    }

    private Programming programming(
            ObjectRef gateway, @Nullable Line line, @Nullable Programmed known) {
        if (line == null) {
            return Programming.NONE;
        }
        Revision since = line.exact() ? line.since() : earlier(line.since(), known);
        return new Programming(since, replicas.of(gateway));
    }

    private static Revision earlier(Revision since, @Nullable Programmed known) {
        if (known == null || known.revision() == null) {
            return since;
        }
        try {
            Revision stated = Revision.parse(known.revision());
            return stated.compareTo(since) < 0 ? stated : since;
        } catch (IllegalArgumentException _) {
            return since;
        }
    }

    private static void note(
            Map<ObjectRef, Line> page,
            Map<ObjectRef, Line> before,
            ObjectRef ref,
            Object entry,
            Set<ObjectRef> out,
            Revision revision,
            boolean exact) {
        if (!out.contains(ref)) {
            Line line = before.get(ref);
            boolean same = line != null && line.entry().equals(entry);
            page.put(ref, same ? line : new Line(entry, revision, exact));
        }
    }

    private static void tell(
            Map<ObjectRef, Line> before,
            Map<ObjectRef, Line> now,
            List<Consumer<ObjectRef>> listeners) {
        List<ObjectRef> changed = new ArrayList<>();
        now.forEach((ref, line) -> {
            if (!line.equals(before.get(ref))) {
                changed.add(ref);
            }
        });
        before.keySet().stream().filter(ref -> !now.containsKey(ref)).forEach(changed::add);
        changed.forEach(ref -> listeners.forEach(listener -> listener.accept(ref)));
    }

    /// Tells those objects whose programming the pods' change can concern: others were programmed
    /// before and still are, or were not and are not.
    private void podsChanged(ObjectRef gateway) {
        Running now = Running.of(replicas.of(gateway));
        Running before = running.put(gateway, now);
        if (now.equals(before)) {
            return;
        }
        Page page = page(gateway);
        tell(page.accounts(), now, before, accountListeners);
        tell(page.keys(), now, before, keyListeners);
    }

    private static void tell(
            Map<ObjectRef, Line> page,
            Running now,
            @Nullable Running before,
            List<Consumer<ObjectRef>> listeners) {
        page.forEach((ref, line) -> {
            boolean settled =
                    before != null && before.covers(line.since()) && now.covers(line.since());
            if (!settled) {
                listeners.forEach(listener -> listener.accept(ref));
            }
        });
    }

    /// What ready pods run.
    ///
    /// @param revisions by pod
    private record Running(Map<String, Revision> revisions) {
        static Running of(List<Replica> pods) {
            Map<String, Revision> revisions = new HashMap<>();
            pods.stream()
                    .filter(Replica::ready)
                    .forEach(pod -> revisions.put(pod.pod(), pod.revision()));
            return new Running(revisions);
        }

        /// Whether every pod runs that revision or a later one.
        boolean covers(Revision since) {
            return !revisions.isEmpty()
                    && revisions.values().stream().allMatch(run -> run.compareTo(since) >= 0);
        }
    }
}
