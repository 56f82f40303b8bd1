package dev.llmgateway.cli.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.admin.AdminPort;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.cli.verb.Fleet;
import dev.llmgateway.cli.verb.OutputOptions;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.UsagePages;
import dev.llmgateway.cli.verb.Verb;
import dev.llmgateway.cli.verb.WatchOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `status`.
@Command(
        name = "status",
        description =
                "Everything on one screen: gateways, the revision of each process, accounts by state, keys, and what was served in the last minutes. Ends with 1 when something is degraded.",
        footer = {"  llm-gateway status -w", "  llm-gateway --dir . status"})
public final class StatusCommand extends Verb {
    /// What counts as the last minutes.
    private static final int MINUTES = 5;

    @Mixin private WatchOptions watch = new WatchOptions();
    @Mixin private OutputOptions output = new OutputOptions();

    @Override
    protected ExitCode run(Session session) {
        return watch.repeat(session, () -> once(session));
    }

    private ExitCode once(Session session) {
        List<JsonNode> gateways = session.objects().list(Kind.GATEWAY, "");
        List<JsonNode> processes = new ArrayList<>();
        if (gateways.isEmpty()) {
            add(processes, "", () -> Fleet.chosen(session));
        }
        for (JsonNode gateway : gateways) {
            add(
                    processes,
                    gateway.at("/metadata/name").asText(),
                    () -> Fleet.open(session, gateway));
        }
        StatusReport report =
                new StatusReport(
                        gateways,
                        session.objects().list(Kind.ACCOUNT, ""),
                        session.objects().list(Kind.KEY, ""),
                        processes,
                        MINUTES);
        output.print(session, report.result(session.messages()));
        return report.degraded() ? ExitCode.FAILURE : ExitCode.OK;
    }

    /// Whoever may not reach pods still sees what objects say.
    private static void add(List<JsonNode> processes, String gateway, Supplier<Fleet> open) {
        try (Fleet fleet = open.get()) {
            fleet.ports().forEach(port -> processes.add(process(gateway, port)));
            fleet.unreachable()
                    .forEach(pod ->
                            processes.add(
                                    Json.object()
                                            .put("gateway", gateway)
                                            .put("name", pod)
                                            .put("ready", false)));
        } catch (Failure e) {
            boolean mayNotAsk = e.code() == ExitCode.FORBIDDEN || e.code() == ExitCode.NOT_FOUND;
            if (!mayNotAsk) {
                throw e;
            }
        }
    }

    private static JsonNode process(String gateway, AdminPort port) {
        boolean ready = port.get("/readyz").filter(AdminPort.Answer::ok).isPresent();
        Optional<JsonNode> plan =
                port.get("/plan").filter(AdminPort.Answer::ok).map(AdminPort.Answer::json);
        return Json.object()
                .put("gateway", gateway)
                .put("name", port.name())
                .put("ready", ready)
                .put("revision", plan.map(each -> each.path("revision").asText()).orElse(""))
                .put("errors", plan.map(each -> each.path("errors").asInt()).orElse(0))
                .set("recent", UsagePages.recent(port, MINUTES));
    }
}
