package dev.llmgateway.runtime.telemetry;

import java.util.Locale;

/// A page in the Prometheus text format under construction.
public final class Exposition {
    private final StringBuilder page = new StringBuilder(4096);

    /// Starts a family of samples.
    public void family(String name, String type, String help) {
        page.append("# HELP ").append(name).append(' ').append(help).append('\n');
        page.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /// One pair of a label list, its value escaped.
    public static String label(String name, String value) {
        String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return name + "=\"" + escaped + "\"";
    }

    /// @param labels `name="value"` pairs joined by commas, values already escaped; may be empty
    public void sample(String name, String labels, long value) {
        sample(name, labels, Long.toString(value));
    }

    /// A time in seconds, given in milliseconds.
    public void seconds(String name, long millis) {
        sample(name, "", millis / 1_000 + "." + "%03d".formatted(millis % 1_000));
    }

    /// A number between 0 and 1, to four places.
    public void ratio(String name, String labels, double value) {
        sample(name, labels, String.format(Locale.ROOT, "%.4f", value));
    }

    private void sample(String name, String labels, String value) {
        page.append(name);
        if (!labels.isEmpty()) {
            page.append('{').append(labels).append('}');
        }
        page.append(' ').append(value).append('\n');
    }

    public String text() {
        return page.toString();
    }
}
