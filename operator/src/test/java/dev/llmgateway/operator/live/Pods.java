package dev.llmgateway.operator.live;

import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.plan.Revision;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.Failure;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.Health;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.State;
import dev.llmgateway.operator.fleet.AccountHealth;
import dev.llmgateway.operator.gateway.Replicas;
import dev.llmgateway.operator.status.Replica;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Ready pods, each of which runs what the test says.
final class Pods implements Replicas {
    private final Map<ObjectRef, List<Replica>> pods = new ConcurrentHashMap<>();
    private final Map<String, AccountHealth> refused = new ConcurrentHashMap<>();
    private final List<Consumer<ObjectRef>> listeners = new CopyOnWriteArrayList<>();

    void run(ObjectRef gateway, Map<String, Revision> revisions) {
        pods.put(
                gateway,
                revisions.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(pod -> new Replica(pod.getKey(), true, pod.getValue(), ""))
                        .toList());
        listeners.forEach(listener -> listener.accept(gateway));
    }

    @Override
    public List<Replica> of(ObjectRef gateway) {
        return pods.getOrDefault(gateway, List.of());
    }

    /// A pod whose upstream answered 401 to an account's token.
    ///
    /// @param token its fingerprint
    void refuse(ObjectRef gateway, String uid, String token) {
        Health health = new Health(null, "Account", new Failure(null, 401, "Credential"), 1);
        refused.put(uid, new AccountHealth(State.CredentialInvalid, health, Set.of(token)));
        listeners.forEach(listener -> listener.accept(gateway));
    }

    @Override
    public Optional<AccountHealth> account(ObjectRef gateway, String uid) {
        return Optional.ofNullable(refused.get(uid));
    }

    @Override
    public void onChange(Consumer<ObjectRef> heard) {
        listeners.add(heard);
    }
}
