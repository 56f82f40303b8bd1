package dev.llmgateway.cli.print;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;

/// What a verb found, in every form it may be asked for.
///
/// @param data for `json`, `yaml` and `jsonpath`
/// @param names for `name`
/// @param view for people
public record Result(JsonNode data, List<String> names, View view) {
    public Result {
        names = List.copyOf(names);
    }

    /// A view for people.
    public sealed interface View {
        String text(boolean wide, boolean headers, Style style);

        /// @param wide the same with more columns
        record Rows(Table table, Table wide) implements View {
            @Override
            public String text(boolean more, boolean headers, Style style) {
                return (more ? wide : table).text(headers, style);
            }
        }

        /// Lines that follow each other without alignment.
        record Lines(List<Line> lines) implements View {
            public Lines {
                lines = List.copyOf(lines);
            }

            @Override
            public String text(boolean more, boolean headers, Style style) {
                StringBuilder text = new StringBuilder();
                for (Line line : lines) {
                    line.cells()
                            .forEach(cell -> text.append(style.paint(cell.tone(), cell.text())));
                    text.append('\n');
                }
                return text.toString();
            }
        }
    }

    /// A line of cells that follow each other without alignment.
    public record Line(List<Cell> cells) {
        public Line {
            cells = List.copyOf(cells);
        }

        public static Line of(String text) {
            return new Line(List.of(Cell.of(text)));
        }
    }

    /// The envelope `kubectl get -o json` uses.
    public static ObjectNode list(Collection<? extends JsonNode> items) {
        ArrayNode all = Json.array();
        items.forEach(all::add);
        ObjectNode list = Json.object().put("apiVersion", "v1").put("kind", "List");
        list.set("metadata", Json.object().put("resourceVersion", ""));
        list.set("items", all);
        return list;
    }
}
