package dev.llmgateway.cli.env;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.admin.AdminPort;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.cli.verb.Fleet;
import dev.llmgateway.cli.verb.Session;
import java.util.List;

/// What is configured, and what a running process has loaded.
///
/// @param running `/accounts` of one process; empty: none runs, or it may not be asked
record EnvFacts(List<JsonNode> gateways, List<JsonNode> accounts, JsonNode running) {
    EnvFacts {
        gateways = List.copyOf(gateways);
        accounts = List.copyOf(accounts);
    }

    static EnvFacts gather(Session session) {
        return new EnvFacts(
                session.objects().list(Kind.GATEWAY, ""),
                session.objects().list(Kind.ACCOUNT, ""),
                running(session));
    }

    private static JsonNode running(Session session) {
        try (Fleet fleet = Fleet.chosen(session)) {
            return fleet.ports().stream()
                    .findFirst()
                    .flatMap(port -> port.get("/accounts"))
                    .filter(AdminPort.Answer::ok)
                    .map(AdminPort.Answer::json)
                    .orElseGet(Json::array);
        } catch (Failure e) {
            boolean mayNotAsk =
                    e.code() == ExitCode.FORBIDDEN
                            || e.code() == ExitCode.NOT_FOUND
                            || e.code() == ExitCode.USAGE;
            if (mayNotAsk) {
                return Json.array();
            }
            throw e;
        }
    }
}
