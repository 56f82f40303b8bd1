package dev.llmgateway.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.cluster.ClusterObjects;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.place.Objects;
import java.util.List;
import java.util.Optional;

/// Which GatewayConfig is meant.
public final class Gateways {
    private Gateways() {}

    /// The one an account or a key belongs to; empty where it cannot be told, or may not be read.
    public static Optional<JsonNode> of(Session session, JsonNode object) {
        try {
            return referred(session, object);
        } catch (Failure e) {
            if (e.code() == ExitCode.FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// The same.
    ///
    /// @throws Failure among others that this person may not read it
    public static Optional<JsonNode> referred(Session session, JsonNode object) {
        String name = Facts.text(object, "/spec/gatewayRef/name");
        if (!name.isEmpty()) {
            String namespace = Facts.text(object, "/spec/gatewayRef/namespace");
            return objects(session, namespace).find(Kind.GATEWAY, name);
        }
        List<JsonNode> all = session.objects().list(Kind.GATEWAY, "");
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }

    /// Many keys belong to a gateway of another namespace.
    private static Objects objects(Session session, String namespace) {
        return session.place() instanceof Place.Cluster(_, var kubectl)
                ? new ClusterObjects(kubectl.in(namespace))
                : session.objects();
    }

    /// The one that `--gateway` names, else the only one.
    public static JsonNode chosen(Session session) {
        GatewayName wanted = GatewayName.of(session.globals().gateway());
        if (!wanted.name().isEmpty()) {
            return objects(session, wanted.namespace()).read(Kind.GATEWAY, wanted.name());
        }
        List<JsonNode> all = session.objects().list(Kind.GATEWAY, "");
        if (all.isEmpty()) {
            throw new Failure(ExitCode.NOT_FOUND, "noGateway", session.objects().namespace());
        }
        if (all.size() > 1) {
            String names = String.join(", ", all.stream().map(Facts::name).toList());
            throw new Failure(ExitCode.USAGE, "severalGateways", names);
        }
        return all.getFirst();
    }
}
