package dev.llmgateway.cli.explain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.print.Cell;
import dev.llmgateway.cli.print.Messages;
import dev.llmgateway.cli.print.Result;
import dev.llmgateway.cli.print.Table;
import dev.llmgateway.cli.print.Tone;
import java.util.ArrayList;
import java.util.List;

/// Candidates in order, then everybody else with the reason. Pure.
final class ExplainReport {
    private static final List<String> HEADERS =
            List.of("ORDER", "ACCOUNT", "MODEL", "FORMAT", "WEIGHT", "NOW", "WHY");

    private ExplainReport() {}

    /// @param page of the admin port
    static Result of(JsonNode page, String format, Messages messages) {
        JsonNode answer = page.path("formats").path(format);
        String route = answer.path("route").asText();
        String included =
                route.isEmpty()
                        ? messages.text("explainByModels")
                        : messages.text("explainByRoute", route);
        List<List<Cell>> rows = new ArrayList<>();
        for (JsonNode candidate : answer.path("candidates")) {
            rows.add(candidate(candidate, included));
        }
        for (JsonNode out : answer.path("excluded")) {
            rows.add(
                    List.of(
                            new Cell("-", Tone.FAINT),
                            Cell.of(out.path("account").asText()),
                            Cell.of(""),
                            Cell.of(""),
                            Cell.of(""),
                            new Cell(out.path("reason").asText(), Tone.FAINT),
                            Cell.of(out.path("message").asText())));
        }
        Table table = new Table(HEADERS, rows);
        return new Result(page, List.of(), new Result.View.Rows(table, table));
    }

    private static List<Cell> candidate(JsonNode candidate, String included) {
        boolean known = candidate.has("usable");
        boolean usable = candidate.path("usable").asBoolean();
        String now = known ? candidate.path("reason").asText() : "";
        return List.of(
                Cell.of(candidate.path("tier").asInt() + 1L),
                Cell.of(candidate.path("account").asText()),
                Cell.of(candidate.path("model").asText()),
                Cell.of(candidate.path("format").asText()),
                Cell.of(candidate.path("weight").asLong()),
                new Cell(now, usable ? Tone.GOOD : Tone.WARN),
                Cell.of(included));
    }
}
