package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.manifest.Source;
import dev.llmgateway.crds.plan.ObjectRef;
import java.util.Comparator;

/// One remark about one object; the text form is `file:document:path: message`.
///
/// @param kind `UpstreamAccount`, `GatewayKey` or `GatewayConfig`
/// @param path field such as `spec.models[2].name`
/// @param message what is wrong and what to change; never a secret value
public record Diagnostic(
        Severity severity,
        String kind,
        ObjectRef object,
        Source source,
        String path,
        Reason reason,
        String message) {
    /// By object, then by field, so the same manifests always give the same list.
    static final Comparator<Diagnostic> ORDER =
            Comparator.comparing(Diagnostic::kind)
                    .thenComparing(Diagnostic::object)
                    .thenComparing(diagnostic -> diagnostic.source().file())
                    .thenComparingInt(diagnostic -> diagnostic.source().document())
                    .thenComparing(Diagnostic::path)
                    .thenComparing(Diagnostic::message);

    @Override
    public String toString() {
        return source + ":" + path + ": " + message;
    }
}
