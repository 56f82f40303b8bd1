package dev.llmgateway.cli.print;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Rows below headers, as `kubectl get` prints them: three spaces between columns, nothing at the
/// end of a line.
public record Table(List<String> headers, List<List<Cell>> rows) {
    private static final int GAP = 3;

    public Table {
        headers = List.copyOf(headers);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /// @param headers false: the rows alone
    String text(boolean headers, Style style) {
        List<List<Cell>> lines = new ArrayList<>();
        if (headers) {
            lines.add(this.headers.stream().map(Cell::of).toList());
        }
        lines.addAll(rows);
        int[] widths = widths(lines);
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> line(line, widths, style, text));
        return text.toString();
    }

    private int[] widths(List<List<Cell>> lines) {
        return IntStream.range(0, headers.size())
                .map(column ->
                        lines.stream()
                                .mapToInt(line -> Width.of(line.get(column).text()))
                                .max()
                                .orElse(0))
                .toArray();
    }

    private static void line(List<Cell> cells, int[] widths, Style style, StringBuilder text) {
        int last = cells.size() - 1;
        while (last > 0 && cells.get(last).text().isEmpty()) {
            last--;
        }
        int room = style.columns() == 0 ? Integer.MAX_VALUE : style.columns();
        for (int i = 0; i <= last && room > 0; i++) {
            Cell cell = cells.get(i);
            String shown = Width.cut(cell.text(), room);
            text.append(style.paint(cell.tone(), shown));
            room -= Width.of(shown);
            if (i < last && room > 0) {
                int blanks = Math.min(room, widths[i] - Width.of(cell.text()) + GAP);
                text.repeat(' ', blanks);
                room -= blanks;
            }
        }
        text.append('\n');
    }
}
