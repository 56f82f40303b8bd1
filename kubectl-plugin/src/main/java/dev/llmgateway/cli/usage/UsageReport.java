package dev.llmgateway.cli.usage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.print.Cell;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.cli.print.Result;
import dev.llmgateway.cli.print.Table;
import dev.llmgateway.cli.print.Tone;
import dev.llmgateway.cli.verb.Facts;
import dev.llmgateway.cli.verb.UsagePages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The counters of all processes added up. Pure.
final class UsageReport {
    private static final List<String> NUMBERS =
            List.of(
                    "requests",
                    "errors",
                    "inputTokens",
                    "outputTokens",
                    "cacheReadTokens",
                    "cacheWriteTokens");
    private static final List<String> HEADERS =
            List.of("REQUESTS", "ERRORS", "INPUT", "OUTPUT", "CACHE-READ", "CACHE-WRITE");

    private UsageReport() {}

    /// What rows stand for.
    enum By {
        Key,
        Account,
        Owner
    }

    /// @param pages of `/usage`, one a process
    /// @param keys for their owners
    static Result of(List<JsonNode> pages, By by, List<JsonNode> keys) {
        Map<String, ObjectNode> sums = sums(pages, by, owners(keys));
        ArrayNode data = Json.array();
        List<List<Cell>> rows = new ArrayList<>();
        sums.forEach((name, sum) -> rows.add(row(data.addObject().put("name", name), name, sum)));
        List<String> headers = new ArrayList<>(List.of(by.name().toUpperCase(Locale.ROOT)));
        headers.addAll(HEADERS);
        Table table = new Table(headers, rows);
        return new Result(data, List.of(), new Result.View.Rows(table, table));
    }

    private static Map<String, ObjectNode> sums(
            List<JsonNode> pages, By by, Map<String, String> owners) {
        Map<String, ObjectNode> sums = new TreeMap<>();
        for (JsonNode page : pages) {
            page.path(by == By.Account ? "accounts" : "keys")
                    .properties()
                    .forEach(entry -> {
                        String name =
                                by == By.Owner
                                        ? owners.getOrDefault(entry.getKey(), "-")
                                        : entry.getKey();
                        UsagePages.add(
                                sums.computeIfAbsent(name, _ -> Json.object()), entry.getValue());
                    });
        }
        return sums;
    }

    /// @param entry of the data, which gets the same numbers
    private static List<Cell> row(ObjectNode entry, String name, ObjectNode sum) {
        List<Cell> row = new ArrayList<>(List.of(Cell.of(name)));
        for (String number : NUMBERS) {
            long value = sum.path(number).asLong();
            entry.put(number, value);
            boolean bad = number.equals("errors") && value > 0;
            row.add(new Cell(Long.toString(value), bad ? Tone.WARN : Tone.PLAIN));
        }
        return row;
    }

    private static Map<String, String> owners(List<JsonNode> keys) {
        Map<String, String> owners = new TreeMap<>();
        for (JsonNode key : keys) {
            String owner =
                    Facts.text(key, "/spec/owner/kind") + "/" + Facts.text(key, "/spec/owner/name");
            owners.put(
                    Facts.namespace(key) + "/" + Facts.name(key), owner.equals("/") ? "-" : owner);
        }
        return owners;
    }
}
