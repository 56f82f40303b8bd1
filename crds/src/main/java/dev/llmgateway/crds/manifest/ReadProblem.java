package dev.llmgateway.crds.manifest;

/// Why a document was left out; the text form is `file:document:path: message`.
///
/// @param path field such as `spec.models[2].name`; empty: the whole document
/// @param message what is wrong and what would be right; never a value of a Secret
public record ReadProblem(Source source, String path, String message) {
    @Override
    public String toString() {
        return source + ":" + (path.isEmpty() ? " " : path + ": ") + message;
    }
}
