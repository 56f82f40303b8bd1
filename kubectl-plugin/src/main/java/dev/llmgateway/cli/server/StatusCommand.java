package dev.llmgateway.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.admin.AdminPort;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.cli.verb.Fleet;
import dev.llmgateway.cli.verb.OutputOptions;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `server status`.
@Command(
        name = "status",
        description =
                "Live facts of a gateway's processes: ready, revision, what is loaded, and problems. Ends with 1 when none is ready.",
        footer = {
            "  llm-gateway --dir . server status",
            "  llm-gateway server status --gateway=main -o json"
        })
final class StatusCommand extends Verb {
    @Mixin private OutputOptions output = new OutputOptions();

    @Override
    protected ExitCode run(Session session) {
        List<JsonNode> processes = new ArrayList<>();
        try (Fleet fleet = Fleet.chosen(session)) {
            fleet.ports().forEach(port -> processes.add(facts(port)));
            fleet.unreachable()
                    .forEach(pod ->
                            processes.add(Json.object().put("name", pod).put("ready", false)));
        }
        if (processes.isEmpty()) {
            throw new Failure(ExitCode.FAILURE, "noServer");
        }
        output.print(session, ServerReport.of(processes));
        boolean anyReady = processes.stream().anyMatch(each -> each.path("ready").asBoolean());
        return anyReady ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static JsonNode facts(AdminPort port) {
        Optional<AdminPort.Answer> ready = port.get("/readyz");
        JsonNode plan = port.get("/plan").map(AdminPort.Answer::json).orElseGet(Json::object);
        return Json.object()
                .put("name", port.name())
                .put("ready", ready.filter(AdminPort.Answer::ok).isPresent())
                .put(
                        "why",
                        ready.filter(each -> !each.ok())
                                .map(each -> each.body().strip())
                                .orElse(""))
                .set("plan", plan);
    }
}
