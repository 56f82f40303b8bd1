package dev.llmgateway.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.print.Cell;
import dev.llmgateway.cli.print.Result;
import dev.llmgateway.cli.print.Table;
import dev.llmgateway.cli.print.Tone;
import java.util.ArrayList;
import java.util.List;

/// Processes in rows, and their problems below. Pure.
final class ServerReport {
    private static final List<String> HEADERS =
            List.of(
                    "PROCESS",
                    "READY",
                    "REVISION",
                    "GATEWAY",
                    "ACCOUNTS",
                    "KEYS",
                    "ROUTES",
                    "PROBLEMS");

    private ServerReport() {}

    static Result of(List<JsonNode> processes) {
        List<List<Cell>> rows = new ArrayList<>();
        for (JsonNode process : processes) {
            JsonNode plan = process.path("plan");
            boolean ready = process.path("ready").asBoolean();
            rows.add(
                    List.of(
                            Cell.of(process.path("name").asText()),
                            new Cell(
                                    ready ? "True" : "False",
                                    Tone.ofCondition(ready ? "True" : "False")),
                            Cell.of(plan.path("revision").asText()),
                            Cell.of(plan.path("gateway").asText()),
                            Cell.of(plan.path("accounts").asText()),
                            Cell.of(plan.path("keys").asText()),
                            Cell.of(plan.path("modelRoutes").asText()),
                            problems(process, plan)));
        }
        Table table = new Table(HEADERS, rows);
        return new Result(
                Result.list(processes).path("items"),
                List.of(),
                new Result.View.Rows(table, table));
    }

    private static Cell problems(JsonNode process, JsonNode plan) {
        String why = process.path("why").asText();
        String first = plan.path("problems").isEmpty() ? "" : plan.path("problems").get(0).asText();
        int errors = plan.path("errors").asInt();
        String text = !why.isEmpty() ? why : errors > 0 ? errors + ": " + first : "";
        return new Cell(text, Tone.BAD);
    }
}
