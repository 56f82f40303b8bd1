package dev.llmgateway.cli.print;

/// One value of a table.
public record Cell(String text, Tone tone) {
    public static Cell of(String text) {
        return new Cell(text, Tone.PLAIN);
    }

    public static Cell of(long number) {
        return of(Long.toString(number));
    }
}
