package dev.llmgateway.cli.print;

/// What the receiver of a text can show.
///
/// @param colour escape sequences for tones
/// @param columns a terminal's width; 0: lines are never cut
public record Style(boolean colour, int columns) {
    /// Of a pipe or a file.
    public static final Style PLAIN = new Style(false, 0);

    public String paint(Tone tone, String text) {
        return colour ? tone.paint(text) : text;
    }
}
