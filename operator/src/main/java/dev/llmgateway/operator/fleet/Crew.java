package dev.llmgateway.operator.fleet;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The pods of one gateway, and who follows them.
final class Crew implements AutoCloseable {
    private final AdminClient client;
    private final InstantSource clock;
    private final Runnable changed;
    private final Map<String, PodView> views = new HashMap<>();
    private final Map<String, PodFollower> followers = new HashMap<>();
    private UsageLedger usage = UsageLedger.EMPTY;
    private volatile String token = "";

    Crew(AdminClient client, InstantSource clock, Runnable changed) {
        this.client = client;
        this.clock = clock;
        this.changed = changed;
    }

    synchronized FleetView view() {
        usage = usage.recorded(views.values());
        return new FleetView(List.copyOf(views.values()), usage);
    }

    synchronized void restore(UsageLedger checkpoint) {
        if (views.isEmpty()) {
            usage = checkpoint;
        }
    }

    /// @return whether the view is another one: a pod came, went, or became ready
    synchronized boolean follow(Collection<PodRef> pods, String adminToken) {
        token = adminToken;
        Map<String, PodView> before = Map.copyOf(views);
        Set<String> present = pods.stream().map(PodRef::uid).collect(Collectors.toSet());
        usage = usage.recorded(views.values()); // those about to go as well
        views.keySet().retainAll(present);
        for (PodRef pod : pods) {
            views.merge(pod.uid(), PodView.unheard(pod), (known, _) -> known.seen(pod));
        }
        usage = usage.observe(views.values());
        Map<String, PodRef> reachable =
                pods.stream()
                        .filter(pod -> pod.admin().isPresent())
                        .collect(Collectors.toMap(PodRef::uid, pod -> pod));
        leave(reachable);
        reachable.values().forEach(this::join);
        return !before.equals(views);
    }

    private void leave(Map<String, PodRef> reachable) {
        followers
                .entrySet()
                .removeIf(entry -> {
                    PodRef pod = reachable.get(entry.getKey());
                    boolean gone =
                            pod == null || !entry.getValue().follows(pod.admin().orElseThrow());
                    if (gone) {
                        entry.getValue().close();
                    }
                    return gone;
                });
    }

    private void join(PodRef pod) {
        followers.computeIfAbsent(
                pod.uid(),
                uid ->
                        PodFollower.start(
                                client,
                                pod.admin().orElseThrow(),
                                () -> token,
                                new PodFollower.Listener(
                                        page ->
                                                change(
                                                        uid,
                                                        view -> view.told(page, clock.millis())),
                                        why -> change(uid, view -> view.failed(why)))));
    }

    /// A pod that was left meanwhile stays forgotten.
    private void change(String uid, UnaryOperator<PodView> how) {
        if (changes(uid, how)) {
            changed.run();
        }
    }

    private synchronized boolean changes(String uid, UnaryOperator<PodView> how) {
        PodView before = views.get(uid);
        if (before == null) {
            return false;
        }
        PodView after = how.apply(before);
        if (!before.sameProcess(after)) {
            usage = usage.recorded(views.values()); // what the former process told last
        }
        views.put(uid, after);
        return !after.equals(before);
    }

    @Override
    public synchronized void close() {
        followers.values().forEach(PodFollower::close);
        followers.clear();
        views.clear();
    }
}
