package dev.llmgateway.cli.env;

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

/// Configured beside running, variable by variable. Pure.
record EnvReport(List<Row> rows) {
    private static final List<String> HEADERS = List.of("OBJECT", "NAME", "CONFIGURED", "RUNNING");

    EnvReport {
        rows = List.copyOf(rows);
    }

    /// @param running empty: not set, or not known
    /// @param known whether a process told
    record Row(
            String object, ProxyVariable name, String configured, String running, boolean known) {
        boolean agrees() {
            return !known || configured.equals(running);
        }
    }

    /// Every gateway, and the accounts with proxies of their own.
    static EnvReport all(EnvFacts facts) {
        List<Row> rows = new ArrayList<>();
        facts.gateways().forEach(gateway -> rows.addAll(gateway(facts, gateway)));
        facts.accounts().stream()
                .filter(EnvReport::hasOwn)
                .forEach(account -> rows.addAll(account(facts, account)));
        return new EnvReport(rows);
    }

    private static boolean hasOwn(JsonNode account) {
        JsonNode egress = account.at("/spec/egress");
        for (ProxyVariable variable : ProxyVariable.values()) {
            if (!variable.text(egress).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /// What runs for a gateway shows in an account that has no proxies of its own.
    static List<Row> gateway(EnvFacts facts, JsonNode gateway) {
        List<String> own =
                facts.accounts().stream().filter(EnvReport::hasOwn).map(EnvReport::ref).toList();
        JsonNode running = Json.object();
        boolean known = false;
        for (JsonNode account : facts.running()) {
            boolean calls = !account.path("provider").asText().equals("Simulated");
            if (calls && account.has("egress") && !own.contains(account.path("account").asText())) {
                running = account.path("egress");
                known = true;
            }
        }
        return rows("gateway/" + Facts.name(gateway), gateway.at("/spec/egress"), running, known);
    }

    static List<Row> account(EnvFacts facts, JsonNode account) {
        for (JsonNode live : facts.running()) {
            if (live.has("egress") && live.path("account").asText().equals(ref(account))) {
                return rows(
                        "account/" + Facts.name(account),
                        effective(facts, account),
                        live.path("egress"),
                        true);
            }
        }
        return rows(
                "account/" + Facts.name(account), effective(facts, account), Json.object(), false);
    }

    /// The account's values stand over the gateway's.
    private static JsonNode effective(EnvFacts facts, JsonNode account) {
        var merged = Json.object();
        if (facts.gateways().size() == 1) {
            facts.gateways()
                    .getFirst()
                    .at("/spec/egress")
                    .properties()
                    .forEach(each -> merged.set(each.getKey(), each.getValue()));
        }
        account.at("/spec/egress")
                .properties()
                .forEach(each -> merged.set(each.getKey(), each.getValue()));
        return merged;
    }

    private static String ref(JsonNode account) {
        return Facts.namespace(account) + "/" + Facts.name(account);
    }

    private static List<Row> rows(
            String object, JsonNode configured, JsonNode running, boolean known) {
        List<Row> rows = new ArrayList<>();
        for (ProxyVariable variable : ProxyVariable.values()) {
            rows.add(
                    new Row(
                            object,
                            variable,
                            variable.text(configured),
                            variable.text(running),
                            known));
        }
        return rows;
    }

    boolean agrees() {
        return rows.stream().allMatch(Row::agrees);
    }

    Result result() {
        ArrayNode data = Json.array();
        List<List<Cell>> cells = new ArrayList<>();
        for (Row row : rows) {
            data.addObject()
                    .put("object", row.object())
                    .put("name", row.name().name())
                    .put("configured", row.configured())
                    .put("running", row.known() ? row.running() : null);
            cells.add(
                    List.of(
                            Cell.of(row.object()),
                            Cell.of(row.name().name()),
                            Cell.of(row.configured()),
                            new Cell(
                                    row.known() ? row.running() : "-",
                                    row.agrees() ? Tone.PLAIN : Tone.WARN)));
        }
        Table table = new Table(HEADERS, cells);
        return new Result(data, List.of(), new Result.View.Rows(table, table));
    }
}
