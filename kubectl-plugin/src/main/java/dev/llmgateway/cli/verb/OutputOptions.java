package dev.llmgateway.cli.verb;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.print.Format;
import dev.llmgateway.cli.print.Printer;
import dev.llmgateway.cli.print.Result;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How a result is printed.
public final class OutputOptions {
    static final String DESCRIPTION =
            "table, wide, json, yaml, name, jsonpath=TEMPLATE; key where a key is made.";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = DESCRIPTION)
    private String output = "";

    @Option(names = "--no-headers", description = "Tables without their first line.")
    private boolean noHeaders;

    static OutputOptions of(String output, boolean noHeaders) {
        OutputOptions options = new OutputOptions();
        options.output = output;
        options.noHeaders = noHeaders;
        return options;
    }

    public Format format() {
        Optional<Format> format = Format.of(output);
        return format.orElseThrow(() -> new Failure(ExitCode.USAGE, "unknownFormat", output));
    }

    public boolean isText() {
        return format() instanceof Format.Text;
    }

    public void print(Session session, Result result) {
        new Printer(session.out(), format(), !noHeaders, session.outputStyle()).print(result);
    }
}
