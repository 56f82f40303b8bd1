package dev.llmgateway.cli.print;

import java.io.PrintWriter;

/// Writes a result to standard output in the form that was asked for.
///
/// @param headers false: tables without their first line
public record Printer(PrintWriter out, Format format, boolean headers, Style style) {
    public void print(Result result) {
        out.print(format.of(result, headers, style));
        out.flush();
    }
}
