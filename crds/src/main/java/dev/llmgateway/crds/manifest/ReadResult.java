package dev.llmgateway.crds.manifest;

import java.util.List;

/// What one file says.
///
/// @param manifests the documents without a problem
/// @param syntaxError true: the text is not YAML or exceeds a bound, `manifests` is empty, and the
///   reader of a folder keeps the file's last good documents
public record ReadResult(ManifestSet manifests, List<ReadProblem> problems, boolean syntaxError) {
    public ReadResult {
        problems = List.copyOf(problems);
    }
}
