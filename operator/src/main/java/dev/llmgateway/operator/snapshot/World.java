package dev.llmgateway.operator.snapshot;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.operator.apply.SecretProbe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The cluster as the operator sees it, judged anew whenever something in it changes. Reconcilers
/// ask for verdicts, and hear of every object whose verdict is another one, be it because of
/// itself, its Secret, its gateway, a namespace's label or an older key with the same hash.
public final class World implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(World.class.getName());

    private final KubernetesClient client;
    private final Scope scope;
    private final Clock clock;
    private final Pace pace = new Pace(this::judge);
    private final Unreleased unreleased;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Lapses lapses;
    private final Workload workload;
    private volatile @Nullable Feeds feeds;
    private volatile Judgement judgement = Judgement.NONE;
    private volatile boolean judged;

    private record Listener(
            Function<Judgement, Set<ObjectRef>> changesOf, Consumer<ObjectRef> heard) {}

    public World(KubernetesClient client, Scope scope, Clock clock) {
        this.client = client;
        this.scope = scope;
        this.clock = clock;
        SecretProbe probe = new SecretProbe(client);
        unreleased =
                new Unreleased(
                        secret -> probe.metadata(secret).thenApply(Optional::isPresent),
                        pace::changed);
        lapses = new Lapses(clock, Duration.ofSeconds(30));
        workload = new Workload(client, scope);
    }

    /// Returns at once; verdicts come when every list has arrived.
    public void start() {
        feeds = Feeds.start(client, scope, pace::changed);
        workload.start();
        pace.changed();
    }

    public Optional<GatewayVerdict> gateway(ObjectRef ref) {
        return Optional.ofNullable(judgement.gateways().get(ref));
    }

    public Optional<Verdict<AccountPlan>> account(ObjectRef ref) {
        return Optional.ofNullable(judgement.accounts().get(ref));
    }

    public Optional<Verdict<KeyPlan>> key(ObjectRef ref) {
        return Optional.ofNullable(judgement.keys().get(ref));
    }

    /// Empty: no OAuth account, or something is wrong with it.
    public Optional<OAuthAccount> signIn(ObjectRef account) {
        return Optional.ofNullable(judgement.signIns().get(account));
    }

    /// A Secret that is released for use as a credential, as last seen.
    public Optional<Secret> released(ObjectRef secret) {
        Feeds now = feeds;
        return now == null
                ? Optional.empty()
                : now.released().find(secret.namespace(), secret.name());
    }

    /// The Secret of a generated key, as last seen.
    public Optional<Secret> generated(ObjectRef secret) {
        Feeds now = feeds;
        return now == null
                ? Optional.empty()
                : now.generated().find(secret.namespace(), secret.name());
    }

    public void onGateway(Consumer<ObjectRef> heard) {
        listeners.add(
                new Listener(
                        next -> Judgement.changes(judgement.gateways(), next.gateways()), heard));
    }

    public void onAccount(Consumer<ObjectRef> heard) {
        listeners.add(new Listener(next -> judgement.changedAccounts(next), heard));
    }

    public void onKey(Consumer<ObjectRef> heard) {
        listeners.add(
                new Listener(next -> Judgement.changes(judgement.keys(), next.keys()), heard));
    }

    /// Kinds whose changes do not arrive: not listed yet, or without a watch for half a minute.
    /// Empty: all is well.
    public List<String> deaf() {
        Feeds now = feeds;
        return now == null || !judged
                ? List.of("everything")
                : lapses.of(Stream.concat(now.all(), workload.all()));
    }

    public Workload workload() {
        return workload;
    }

    private void judge() {
        Feeds now = feeds;
        if (now == null || !now.all().allMatch(Feed::synced)) {
            pace.changed();
            return;
        }
        try {
            unreleased.look(new Credentials(now.objects()).missing(), clock.instant());
            Judgement next = Judge.judge(now.objects(), unreleased.known(), clock.instant());
            publish(next);
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "cannot judge the cluster; the last verdicts stay", bug);
        }
    }

    private void publish(Judgement next) {
        List<Set<ObjectRef>> changes =
                listeners.stream().map(listener -> listener.changesOf().apply(next)).toList();
        judgement = next; // before anybody hears of it
        judged = true;
        for (int i = 0; i < changes.size(); i++) {
            changes.get(i).forEach(listeners.get(i).heard());
        }
    }

    @Override
    public void close() {
        pace.close();
        workload.close();
        Feeds now = feeds;
        if (now != null) {
            now.close();
        }
    }
}
