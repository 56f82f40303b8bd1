package dev.llmgateway.cli.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.llmgateway.cli.print.Cell;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.cli.print.Result;
import dev.llmgateway.cli.print.Table;
import dev.llmgateway.cli.print.Tone;
import dev.llmgateway.cli.verb.Facts;
import java.util.ArrayList;
import java.util.List;

/// Probes from objects, and their table. Pure.
final class HealthReport {
    private static final List<String> HEADERS = List.of("WHAT", "NAME", "OK", "DETAIL");

    private HealthReport() {}

    /// @param deployments those labelled as operators
    static Probe operator(JsonNode deployments) {
        int ready = 0;
        String name = "";
        for (JsonNode deployment : deployments.path("items")) {
            ready += deployment.at("/status/readyReplicas").asInt();
            name = Facts.namespace(deployment) + "/" + Facts.name(deployment);
        }
        return new Probe(
                "operator", name, ready > 0, name.isEmpty() ? "not found" : ready + " ready");
    }

    static Probe pod(JsonNode pod) {
        JsonNode ready = Facts.condition(pod, "Ready");
        boolean good = ready.path("status").asText().equals("True");
        String why =
                good ? pod.at("/status/phase").asText() : ready.path("message").asText("Pending");
        return new Probe("pod", Facts.name(pod), good, why);
    }

    static Probe gateway(JsonNode gateway) {
        return ofReady("gateway", gateway, Facts.ready(gateway));
    }

    /// A broken object, or one that the upstream turns away.
    static Probe account(JsonNode account) {
        JsonNode healthy = Facts.condition(account, "Healthy");
        String state = Facts.text(account, "/status/state");
        boolean ill =
                healthy.path("status").asText().equals("False")
                        || state.equals("CoolingDown")
                        || state.equals("CredentialInvalid");
        if (Facts.ready(account) && ill) {
            String why = healthy.path("message").asText(state);
            return new Probe("account", Facts.name(account), false, why.isEmpty() ? state : why);
        }
        return ofReady("account", account, Facts.ready(account));
    }

    private static Probe ofReady(String what, JsonNode object, boolean good) {
        JsonNode ready = Facts.condition(object, "Ready");
        String reason = ready.path("reason").asText("Pending");
        String message = ready.path("message").asText();
        return new Probe(
                what,
                Facts.name(object),
                good,
                message.isEmpty() ? reason : reason + ": " + message);
    }

    /// @param test answer of `POST /test`
    static Probe test(JsonNode test) {
        boolean good = test.path("status").asInt() == 200;
        String detail =
                test.path("status").asText("")
                        + " "
                        + test.path("millis").asText("")
                        + " ms "
                        + test.path("message").asText("");
        return new Probe("call", test.path("account").asText(), good, detail.strip());
    }

    static Result of(List<Probe> probes) {
        ArrayNode data = Json.array();
        List<List<Cell>> rows = new ArrayList<>();
        for (Probe probe : probes) {
            data.addObject()
                    .put("what", probe.what())
                    .put("name", probe.name())
                    .put("ok", probe.good())
                    .put("detail", probe.detail());
            rows.add(
                    List.of(
                            Cell.of(probe.what()),
                            Cell.of(probe.name()),
                            new Cell(
                                    probe.good() ? "ok" : "FAILED",
                                    probe.good() ? Tone.GOOD : Tone.BAD),
                            Cell.of(probe.detail())));
        }
        Table table = new Table(HEADERS, rows);
        return new Result(data, List.of(), new Result.View.Rows(table, table));
    }
}
