package dev.llmgateway.runtime.telemetry;

/// A page in the Prometheus text format under construction.
public final class Exposition {
    private final StringBuilder page = new StringBuilder(4096);

    /// Starts a family of samples.
    public void family(String name, String type, String help) {
        page.append("# HELP ").append(name).append(' ').append(help).append('\n');
        page.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /// @param labels `name="value"` pairs joined by commas, values already free of quotes; may be
    ///   empty
    public void sample(String name, String labels, double value) {
        page.append(name);
        if (!labels.isEmpty()) {
            page.append('{').append(labels).append('}');
        }
        page.append(' ');
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            page.append((long) value);
        } else {
            page.append(value);
        }
        page.append('\n');
    }

    public String text() {
        return page.toString();
    }
}
