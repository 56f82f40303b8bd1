package dev.llmgateway.operator.gateway;

import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.resource.GatewayConfig;
import dev.llmgateway.operator.apply.ForeignObjectException;
import dev.llmgateway.operator.apply.OwnedObjects;
import dev.llmgateway.operator.apply.Preconditioned;
import dev.llmgateway.operator.desired.AdminTokens;
import dev.llmgateway.operator.desired.GatewayFacts;
import dev.llmgateway.operator.desired.GatewayObjects;
import dev.llmgateway.operator.desired.GatewayService;
import dev.llmgateway.operator.desired.UpstreamPorts;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Runs gateways: Deployment, Service and what they need. Asks the API server only when something
/// may have changed.
public final class Sites {
    /// Somebody may have changed what nobody watches.
    static final Duration DRIFT = Duration.ofMinutes(10);

    private final AdminAccess access;
    private final OwnedObjects objects;
    private final GatewayFacts.Operator operator;
    private final Clock clock;
    private final Map<ObjectRef, Settled> settled = new ConcurrentHashMap<>();

    private record Settled(GatewayFacts facts, Site site, Instant until, boolean doubted) {}

    public Sites(
            KubernetesClient client,
            GatewayFacts.Operator operator,
            RandomGenerator random,
            Clock clock) {
        access = new AdminAccess(new Preconditioned(client), random, clock);
        objects = new OwnedObjects(client);
        this.operator = operator;
        this.clock = clock;
    }

    /// Brings the objects of a gateway to what its plan asks for.
    ///
    /// @param plan null: the gateway is invalid, and what runs stays
    Site settle(GatewayConfig gateway, ObjectRef ref, @Nullable GatewayPlan plan) {
        Settled before = settled.get(ref);
        if (plan == null) {
            return before == null ? Site.NONE : before.site();
        }
        GatewayFacts facts =
                new GatewayFacts(
                        ref,
                        gateway.getMetadata().getUid(),
                        gateway.getSpec(),
                        UpstreamPorts.of(plan),
                        operator);
        if (before != null && before.facts().equals(facts) && holds(before)) {
            return before.site();
        }
        boolean thorough =
                before != null && before.facts().uid().equals(facts.uid()) && !holds(before);
        Site site = brought(gateway, facts, thorough);
        Instant until = clock.instant().plus(site.clean() ? DRIFT : Site.TROUBLE);
        settled.put(ref, new Settled(facts, site, until, false));
        return site;
    }

    private boolean holds(Settled known) {
        return !known.doubted() && clock.instant().isBefore(known.until());
    }

    private Site brought(GatewayConfig gateway, GatewayFacts facts, boolean thorough) {
        AdminTokens tokens;
        try {
            tokens = access.settle(gateway, facts);
        } catch (ForeignObjectException taken) {
            // Pods would let in whoever wrote that Secret.
            return new Site(
                    "", "", "", List.of(String.valueOf(taken.getMessage())), List.of(), List.of());
        }
        GatewayObjects wanted = GatewayObjects.of(facts);
        OwnedObjects.Outcome outcome =
                objects.settle(gateway, wanted.wanted(), wanted.unwanted(), thorough);
        return new Site(
                GatewayService.address(facts),
                tokens.current(),
                tokens.idKey(),
                outcome.conflicts(),
                outcome.refused(),
                wanted.problems());
    }

    /// One of the gateway's objects came, went or changed.
    void doubt(ObjectRef gateway) {
        settled.computeIfPresent(
                gateway,
                (_, known) -> new Settled(known.facts(), known.site(), known.until(), true));
    }

    void forget(ObjectRef gateway) {
        settled.remove(gateway);
    }
}
