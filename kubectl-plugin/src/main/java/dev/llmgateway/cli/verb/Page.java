package dev.llmgateway.cli.verb;

import dev.llmgateway.cli.print.Cell;
import dev.llmgateway.cli.print.Messages;
import dev.llmgateway.cli.print.Result.Line;
import dev.llmgateway.cli.print.Result.View;
import dev.llmgateway.cli.print.Tone;
import java.util.ArrayList;
import java.util.List;

/// Lines `label: value` for people, as `kubectl describe` has them. Absent values leave no line.
public final class Page {
    private static final int VALUE_COLUMN = 18;

    private final Messages messages;
    private final List<Line> lines = new ArrayList<>();

    public Page(Messages messages) {
        this.messages = messages;
    }

    /// @param label key of the bundle
    public Page line(String label, String value) {
        return line(label, new Cell(value, Tone.PLAIN));
    }

    public Page line(String label, Cell value) {
        if (!value.text().isEmpty()) {
            String text = messages.text(label) + ":";
            lines.add(new Line(List.of(Cell.of(text + " ".repeat(blanks(text))), value)));
        }
        return this;
    }

    private static int blanks(String label) {
        int width = label.codePoints().map(point -> point >= 0x2E80 ? 2 : 1).sum();
        return Math.max(1, VALUE_COLUMN - width);
    }

    /// A heading of what follows.
    public Page heading(String label) {
        lines.add(new Line(List.of(new Cell(messages.text(label) + ":", Tone.BOLD))));
        return this;
    }

    /// An indented line of cells, a blank between them.
    public Page item(Cell... cells) {
        List<Cell> all = new ArrayList<>(List.of(Cell.of("  ")));
        for (Cell cell : cells) {
            all.add(cell);
            all.add(Cell.of(" "));
        }
        lines.add(new Line(all.subList(0, all.size() - 1)));
        return this;
    }

    public View view() {
        return new View.Lines(lines);
    }
}
