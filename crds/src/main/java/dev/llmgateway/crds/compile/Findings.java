package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.manifest.Manifest;
import dev.llmgateway.crds.manifest.Source;
import dev.llmgateway.crds.plan.ObjectRef;
import java.util.ArrayList;
import java.util.List;

/// Collects what is found about one object.
final class Findings {
    private final String kind;
    private final ObjectRef object;
    private final Source source;
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    Findings(String kind, Manifest<?> manifest) {
        this.kind = kind;
        this.object = new ObjectRef(manifest.namespace(), manifest.name());
        this.source = manifest.source();
    }

    void error(Reason reason, String path, String message) {
        add(Severity.Error, reason, path, message);
    }

    void warning(Reason reason, String path, String message) {
        add(Severity.Warning, reason, path, message);
    }

    void unsupported(String path, String message) {
        error(Reason.UnsupportedValue, path, message);
    }

    /// Whether the object is to be left out.
    boolean failed() {
        return diagnostics.stream().anyMatch(diagnostic -> diagnostic.severity() == Severity.Error);
    }

    List<Diagnostic> diagnostics() {
        return List.copyOf(diagnostics);
    }

    /// Once, however often it is found: the parts of a certificate name the same Secret.
    private void add(Severity severity, Reason reason, String path, String message) {
        Diagnostic found = new Diagnostic(severity, kind, object, source, path, reason, message);
        if (!diagnostics.contains(found)) {
            diagnostics.add(found);
        }
    }
}
