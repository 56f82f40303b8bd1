package dev.llmgateway.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.admin.AdminPort;
import dev.llmgateway.cli.cluster.ClusterObjects;
import dev.llmgateway.cli.cluster.GatewayPods;
import dev.llmgateway.cli.place.Kind;
import java.util.List;

/// The running processes of one gateway: its pods, or the one that serves a folder.
///
/// @param ports of those that can be reached
/// @param unreachable pods that cannot
public record Fleet(List<AdminPort> ports, List<String> unreachable, Runnable end)
        implements AutoCloseable {
    public Fleet {
        ports = List.copyOf(ports);
        unreachable = List.copyOf(unreachable);
    }

    /// @param gateway a GatewayConfig
    public static Fleet open(Session session, JsonNode gateway) {
        return switch (session.place()) {
            case Place.Cluster(_, var kubectl) -> {
                GatewayPods pods =
                        GatewayPods.open(kubectl.in(Facts.namespace(gateway)), Facts.name(gateway));
                yield new Fleet(pods.ports(), pods.unreachable(), pods::close);
            }
            case Place.Folder(var folder) -> folder(folder.admin());
        };
    }

    /// Of the gateway that `--gateway` names, else of the only one; a folder needs to declare none.
    public static Fleet chosen(Session session) {
        return switch (session.place()) {
            case Place.Cluster _ -> open(session, Gateways.chosen(session));
            case Place.Folder(var folder) -> folder(folder.admin());
        };
    }

    /// Of the gateway a key belongs to, unless `--gateway` names one.
    ///
    /// @param key `NAMESPACE/NAME`
    public static Fleet ofKey(Session session, String key) {
        if (session.globals().gateway().isEmpty()
                && session.place() instanceof Place.Cluster(_, var kubectl)) {
            GatewayName named = GatewayName.of(key);
            return new ClusterObjects(kubectl.in(named.namespace()))
                    .find(Kind.KEY, named.name())
                    .flatMap(found -> Gateways.referred(session, found))
                    .map(gateway -> open(session, gateway))
                    .orElseGet(() -> chosen(session));
        }
        return chosen(session);
    }

    private static Fleet folder(AdminPort admin) {
        boolean runs = admin.get("/livez").filter(AdminPort.Answer::ok).isPresent();
        return new Fleet(runs ? List.of(admin) : List.of(), List.of(), () -> {});
    }

    @Override
    public void close() {
        end.run();
    }
}
