package dev.llmgateway.cli.apikey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.admin.AdminPort;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.verb.Facts;
import dev.llmgateway.cli.verb.Fleet;
import dev.llmgateway.cli.verb.Gateways;
import dev.llmgateway.cli.verb.Pods;
import dev.llmgateway.cli.verb.Progress;
import dev.llmgateway.cli.verb.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Proof that no pod lets a key in any more: each is asked whether its plan still has it. Whoever
/// may not ask pods gets what the gateway's status says of their revisions.
final class Refusals implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration SLOW_LOOK = Duration.ofMillis(500);

    private final List<JsonNode> keys;
    private final Optional<JsonNode> gateway;
    private final Optional<Fleet> fleet;

    private Refusals(List<JsonNode> keys, Optional<JsonNode> gateway, Optional<Fleet> fleet) {
        this.keys = keys;
        this.gateway = gateway;
        this.fleet = fleet;
    }

    /// How it is known.
    sealed interface Proof {
        /// Every pod was asked.
        record Asked(int pods) implements Proof {}

        /// The operator says so.
        record Reported(int pods) implements Proof {}

        /// No gateway runs.
        record NobodyServes() implements Proof {}
    }

    /// Opens the ways to the pods before anything is removed, so that the measured time is the
    /// gateway's.
    static Refusals watch(Session session, List<JsonNode> keys) {
        Optional<JsonNode> gateway = Gateways.of(session, keys.getFirst());
        return new Refusals(keys, gateway, fleet(session, gateway));
    }

    private static Optional<Fleet> fleet(Session session, Optional<JsonNode> gateway) {
        try {
            return Optional.of(
                    gateway.isPresent()
                            ? Fleet.open(session, gateway.get())
                            : Fleet.chosen(session));
        } catch (Failure e) {
            boolean mayNotAsk = e.code() == ExitCode.FORBIDDEN || e.code() == ExitCode.NOT_FOUND;
            if (mayNotAsk) {
                return Optional.empty();
            }
            throw e;
        }
    }

    Proof await(Session session, Duration within) {
        if (fleet.isPresent() && fleet.get().unreachable().isEmpty()) {
            List<AdminPort> ports = fleet.get().ports();
            return ports.isEmpty() ? new Proof.NobodyServes() : asked(session, ports, within);
        }
        return gateway.isPresent()
                ? reported(session, gateway.get(), within)
                : new Proof.NobodyServes();
    }

    private Proof asked(Session session, List<AdminPort> ports, Duration within) {
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

    private static Proof reported(Session session, JsonNode before, Duration within) {
        long old = Pods.number(Facts.text(before, "/status/revision"));
        return new Progress(session)
                .until(
                        within,
                        SLOW_LOOK,
                        () -> session.text("waitingForPods", before.at("/status/replicas").size()),
                        () -> {
                            JsonNode now = session.objects().read(Kind.GATEWAY, Facts.name(before));
                            JsonNode replicas = now.at("/status/replicas");
                            boolean all = Pods.number(Facts.text(now, "/status/revision")) > old;
                            for (JsonNode replica : replicas) {
                                all &= Pods.number(replica.path("revision").asText()) > old;
                            }
                            return all
                                    ? Optional.of(new Proof.Reported(replicas.size()))
                                    : Optional.empty();
                        });
    }

    @Override
    public void close() {
        fleet.ifPresent(Fleet::close);
    }
}
