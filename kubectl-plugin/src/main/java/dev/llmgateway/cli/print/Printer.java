package dev.llmgateway.cli.print;

import java.io.PrintWriter;

/// Writes a result to standard output in the form that was asked for.
///
/// @param headers false: tables without their first line
public record Printer(PrintWriter out, Format format, boolean headers, Style style) {
    public void print(Result result) {
        out.print(text(result));
        out.flush();
    }

    private String text(Result result) {
        return switch (format) {
            case Format.Text(boolean wide) -> view(result.view(), wide);
            case Format.JsonText() -> Json.pretty(result.data()) + "\n";
            case Format.YamlText() -> Yaml.of(result.data());
            case Format.Names(), Format.Key() ->
                    result.names().isEmpty() ? "" : String.join("\n", result.names()) + "\n";
            case Format.Path(JsonPath template) -> template.apply(result.data());
        };
    }

    private String view(Result.View view, boolean wide) {
        return switch (view) {
            case Result.View.Rows(Table table, Table more) ->
                    (wide ? more : table).text(headers, style);
            case Result.View.Lines(var lines) -> {
                StringBuilder text = new StringBuilder();
                for (Result.Line line : lines) {
                    line.cells()
                            .forEach(cell -> text.append(style.paint(cell.tone(), cell.text())));
                    text.append('\n');
                }
                yield text.toString();
            }
        };
    }
}
