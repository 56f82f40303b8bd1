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
        int left = lineWidth(cells.subList(0, last + 1), widths);
        int room = style.columns() == 0 ? left : style.columns();
        for (int i = 0; i <= last; i++) {
            Cell cell = cells.get(i);
            String blanks = " ".repeat(i < last ? widths[i] - Width.of(cell.text()) + GAP : 0);
            int wide = Width.of(cell.text()) + blanks.length();
            left -= wide;
            if (wide > room || (left > 0 && wide == room)) {
                text.append(style.paint(cell.tone(), Width.shortened(cell.text() + blanks, room)));
                break;
            }
            text.append(style.paint(cell.tone(), cell.text())).append(blanks);
            room -= wide;
        }
        text.append('\n');
    }

    /// Nothing is aligned behind the last cell.
    private static int lineWidth(List<Cell> cells, int[] widths) {
        int before = IntStream.range(0, cells.size() - 1).map(i -> widths[i] + GAP).sum();
        return before + Width.of(cells.getLast().text());
    }
}
