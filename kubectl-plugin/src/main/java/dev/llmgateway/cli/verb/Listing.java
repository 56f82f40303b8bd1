package dev.llmgateway.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.print.Cell;
import dev.llmgateway.cli.print.Result;
import dev.llmgateway.cli.print.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Objects as a table, with the columns of `kubectl get`. Pure.
///
/// @param columns headers behind NAME
/// @param wide further headers of `-o wide`
/// @param row cells for all of them
public record Listing(List<String> columns, List<String> wide, Function<JsonNode, List<Cell>> row) {
    public Listing {
        columns = List.copyOf(columns);
        wide = List.copyOf(wide);
    }

    /// @param namespaces a first column says where each object lives
    public Result of(Kind kind, List<JsonNode> items, boolean namespaces) {
        List<String> names =
                items.stream().map(item -> kind.qualified() + "/" + Facts.name(item)).toList();
        return new Result(
                Result.list(items),
                names,
                new Result.View.Rows(
                        table(items, namespaces, false), table(items, namespaces, true)));
    }

    private Table table(List<JsonNode> items, boolean namespaces, boolean more) {
        List<String> headers =
                new ArrayList<>(namespaces ? List.of("NAMESPACE", "NAME") : List.of("NAME"));
        headers.addAll(columns);
        headers.addAll(more ? wide : List.of());
        List<List<Cell>> rows = new ArrayList<>();
        for (JsonNode item : items) {
            List<Cell> cells = new ArrayList<>();
            if (namespaces) {
                cells.add(Cell.of(Facts.namespace(item)));
            }
            cells.add(Cell.of(Facts.name(item)));
            List<Cell> all = row.apply(item);
            cells.addAll(more ? all : all.subList(0, columns.size()));
            rows.add(cells);
        }
        return new Table(headers, rows);
    }
}
