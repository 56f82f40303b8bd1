package dev.llmgateway.operator.oauth;

import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.resource.UpstreamAccount;
import dev.llmgateway.operator.snapshot.OAuthAccount;
import dev.llmgateway.operator.snapshot.World;
import dev.llmgateway.operator.status.OAuthFacts;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Where OAuth accounts are kept alive. It learns of an account when its reconciler looks at it,
/// which only the leader's does; so a follower touches nothing.
public final class OAuthDesk implements AutoCloseable {
    /// An answer that has come is stored; the operator has 5 s to stop.
    private static final long LAST_WRITES_MILLIS = 3_000;

    private final World world;
    private final Map<ObjectRef, Session> sessions = new ConcurrentHashMap<>();
    private final List<Consumer<ObjectRef>> listeners = new CopyOnWriteArrayList<>();
    private final Kit kit;

    /// @param holder name of this process, in claims
    /// @param random cryptographically strong
    public OAuthDesk(
            KubernetesClient client,
            World world,
            String holder,
            Clock clock,
            RandomGenerator random,
            MeterRegistry meters) {
        this.world = world;
        Kit.Threads threads =
                new Kit.Threads(timers(), Executors.newVirtualThreadPerTaskExecutor());
        kit =
                Kit.of(
                        client,
                        world,
                        holder.replace('/', '-'),
                        clock,
                        random,
                        meters,
                        threads,
                        account -> listeners.forEach(each -> each.accept(account)));
        world.onAccount(this::forgetIfGone);
    }

    private static ScheduledThreadPoolExecutor timers() {
        ScheduledThreadPoolExecutor timers =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> Thread.ofPlatform().daemon().name("oauth-timers").unstarted(task));
        timers.setRemoveOnCancelPolicy(true);
        return timers;
    }

    /// @param heard takes every account of which there is news
    public void onAccount(Consumer<ObjectRef> heard) {
        listeners.add(heard);
    }

    /// What is known of a sign-in.
    ///
    /// @param token fingerprint of the access token that `facts.lastResult` came with; the status
    ///   tells it once that token is in use; empty: at once
    public record View(OAuthFacts facts, String token) {}

    /// Looks after an account from now on.
    ///
    /// @param refused fingerprints of tokens that upstreams refuse
    /// @return empty: no account that signs in
    public Optional<View> look(UpstreamAccount account, Set<String> refused) {
        ObjectRef ref =
                new ObjectRef(
                        account.getMetadata().getNamespace(), account.getMetadata().getName());
        Optional<OAuthAccount> known =
                world.signIn(ref)
                        .filter(each -> each.signIn().uid().equals(account.getMetadata().getUid()));
        if (known.isEmpty()) {
            forgetIfGone(ref);
            return Optional.empty();
        }
        Session.Seen seen = new Session.Seen(known.get().signIn(), Wishes.of(account), refused);
        Session session =
                sessions.compute(
                        ref,
                        (_, before) -> {
                            if (before != null && before.uid().equals(seen.signIn().uid())) {
                                return before;
                            }
                            if (before != null) {
                                before.close();
                            }
                            return new Session(kit, seen);
                        });
        session.look(seen);
        return Optional.of(session.view());
    }

    private void forgetIfGone(ObjectRef account) {
        if (world.signIn(account).isEmpty()) {
            Session session = sessions.remove(account);
            if (session != null) {
                session.close();
            }
        }
    }

    @Override
    public void close() {
        sessions.values().forEach(Session::close);
        kit.ending().end();
        kit.timers().shutdownNow();
        kit.threads().shutdown();
        try {
            if (!kit.threads().awaitTermination(LAST_WRITES_MILLIS, TimeUnit.MILLISECONDS)) {
                kit.threads().shutdownNow();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
