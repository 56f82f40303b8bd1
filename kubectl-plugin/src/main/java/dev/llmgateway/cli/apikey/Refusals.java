package dev.llmgateway.cli.apikey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.admin.AdminPort;
import dev.llmgateway.cli.cluster.ClusterObjects;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.place.Objects;
import dev.llmgateway.cli.verb.Facts;
import dev.llmgateway.cli.verb.Fleet;
import dev.llmgateway.cli.verb.Gateways;
import dev.llmgateway.cli.verb.Place;
import dev.llmgateway.cli.verb.Pods;
import dev.llmgateway.cli.verb.Progress;
import dev.llmgateway.cli.verb.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Proof that no pod lets keys in any more: each pod of their gateways is asked whether its plan
/// still has them. Whoever may not ask pods gets what the gateways' status says of their revisions.
final class Refusals implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration SLOW_LOOK = Duration.ofMillis(500);

    private final List<JsonNode> keys;
    private final List<JsonNode> gateways;
    private final List<Fleet> fleets;
    private final Sight sight;

    private Refusals(
            List<JsonNode> keys, List<JsonNode> gateways, List<Fleet> fleets, Sight sight) {
        this.keys = List.copyOf(keys);
        this.gateways = List.copyOf(gateways);
        this.fleets = List.copyOf(fleets);
        this.sight = sight;
    }

    /// How it is known.
    sealed interface Proof {
        /// Every pod was asked.
        record Asked(int pods) implements Proof {}

        /// The operator says so.
        record Reported(int pods) implements Proof {}

        /// No gateway runs.
        record NobodyServes() implements Proof {}

        /// It is not: this person may not read a gateway of theirs.
        record Unseen() implements Proof {}
    }

    /// What this person may look at.
    private enum Sight {
        Pods,
        Status,
        Nothing
    }

    /// Opens the ways to the pods before anything is removed, so that the measured time is the
    /// gateways'.
    static Refusals watch(Session session, List<JsonNode> keys) {
        List<Fleet> fleets = new ArrayList<>();
        List<JsonNode> gateways = List.of();
        try {
            gateways = gateways(session, keys);
            if (session.place() instanceof Place.Folder) {
                fleets.add(Fleet.chosen(session));
            } else {
                gateways.forEach(gateway -> fleets.add(Fleet.open(session, gateway)));
            }
        } catch (Failure e) {
            fleets.forEach(Fleet::close);
            boolean mayNotAsk = e.code() == ExitCode.FORBIDDEN || e.code() == ExitCode.NOT_FOUND;
            if (!mayNotAsk) {
                throw e;
            }
            Sight left = gateways.isEmpty() ? Sight.Nothing : Sight.Status;
            return new Refusals(keys, gateways, List.of(), left);
        }
        boolean all = fleets.stream().allMatch(fleet -> fleet.unreachable().isEmpty());
        return new Refusals(keys, gateways, fleets, all ? Sight.Pods : Sight.Status);
    }

    /// Each once, though many keys share it.
    private static List<JsonNode> gateways(Session session, List<JsonNode> keys) {
        Map<JsonNode, Optional<JsonNode>> found = new LinkedHashMap<>();
        keys.forEach(key ->
                found.computeIfAbsent(
                        key.at("/spec/gatewayRef"), _ -> Gateways.referred(session, key)));
        return found.values().stream().flatMap(Optional::stream).distinct().toList();
    }

    Proof await(Session session, Duration within) {
        return switch (sight) {
            case Pods -> asked(session, within);
            case Status -> reported(session, within);
            case Nothing -> new Proof.Unseen();
        };
    }

    private Proof asked(Session session, Duration within) {
        List<AdminPort> ports = fleets.stream().flatMap(fleet -> fleet.ports().stream()).toList();
        if (ports.isEmpty()) {
            return new Proof.NobodyServes();
        }
        return new Progress(session)
                .until(
                        within,
                        LOOK,
                        () -> session.text("waitingForPods", ports.size()),
                        () ->
                                ports.stream().allMatch(this::refuses)
                                        ? Optional.of(new Proof.Asked(ports.size()))
                                        : Optional.empty());
    }

    /// A pod that has ended meanwhile lets nobody in either.
    private boolean refuses(AdminPort pod) {
        return keys.stream()
                .allMatch(key -> {
                    String path =
                            "/explain?model=any&key="
                                    + Facts.namespace(key)
                                    + "/"
                                    + Facts.name(key);
                    return pod.get(path).map(answer -> answer.status() == 404).orElse(true);
                });
    }

    private Proof reported(Session session, Duration within) {
        if (pods(gateways) == 0) {
            return new Proof.NobodyServes();
        }
        return new Progress(session)
                .until(
                        within,
                        SLOW_LOOK,
                        () -> session.text("waitingForPods", pods(gateways)),
                        () -> {
                            List<JsonNode> now =
                                    gateways.stream().map(each -> read(session, each)).toList();
                            for (int i = 0; i < now.size(); i++) {
                                if (!past(gateways.get(i), now.get(i))) {
                                    return Optional.empty();
                                }
                            }
                            return Optional.of(new Proof.Reported(pods(now)));
                        });
    }

    private static int pods(List<JsonNode> gateways) {
        return gateways.stream().mapToInt(each -> each.at("/status/replicas").size()).sum();
    }

    private static JsonNode read(Session session, JsonNode gateway) {
        Objects there =
                session.place() instanceof Place.Cluster(_, var kubectl)
                        ? new ClusterObjects(kubectl.in(Facts.namespace(gateway)))
                        : session.objects();
        return there.read(Kind.GATEWAY, Facts.name(gateway));
    }

    /// Whether all replicas are beyond the revision that still had the keys.
    private static boolean past(JsonNode before, JsonNode now) {
        long old = Pods.number(Facts.text(before, "/status/revision"));
        boolean all = Pods.number(Facts.text(now, "/status/revision")) > old;
        for (JsonNode replica : now.at("/status/replicas")) {
            all &= Pods.number(replica.path("revision").asText()) > old;
        }
        return all;
    }

    @Override
    public void close() {
        fleets.forEach(Fleet::close);
    }
}
