package dev.llmgateway.cli.verb;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import java.util.regex.Pattern;

/// Names of objects (spec/resources.md).
public final class ObjectName {
    private static final int LONGEST = 50;
    private static final Pattern FORM = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");

    private ObjectName() {}

    public static void check(String name) {
        if (name.length() > LONGEST || !FORM.matcher(name).matches()) {
            throw new Failure(ExitCode.USAGE, "badName", name);
        }
    }
}
