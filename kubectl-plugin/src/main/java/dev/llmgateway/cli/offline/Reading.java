package dev.llmgateway.cli.offline;

import dev.llmgateway.crds.compile.Compilation;
import dev.llmgateway.crds.compile.CompileOptions;
import dev.llmgateway.crds.compile.Compiler;
import dev.llmgateway.crds.compile.Diagnostic;
import dev.llmgateway.crds.compile.Severity;
import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.ReadProblem;
import dev.llmgateway.crds.manifest.ReadResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What a folder's manifests say and what comes of them: the compile that operator and gateway use.
///
/// @param manifests with the Secrets beside them
/// @param problems documents that were left out while reading
public record Reading(ManifestSet manifests, List<ReadProblem> problems, Compilation compilation) {
    public Reading {
        problems = List.copyOf(problems);
    }

    /// @param texts by file name
    /// @param complete adds what stands beside the manifests
    public static Reading of(
            Map<String, String> texts, UnaryOperator<ManifestSet> complete, Instant now) {
        ManifestSet read = ManifestSet.EMPTY;
        List<ReadProblem> problems = new ArrayList<>();
        for (Map.Entry<String, String> file : texts.entrySet()) {
            ReadResult result = ManifestReader.read(file.getKey(), file.getValue());
            read = read.merge(result.manifests());
            problems.addAll(result.problems());
        }
        ManifestSet all = read.merge(complete.apply(read));
        // A GatewayConfig with a mistake must not be replaced by one without its policies.
        boolean noneWritten = all.gateways().isEmpty() && problems.isEmpty();
        CompileOptions options = noneWritten ? CompileOptions.FOLDER : CompileOptions.CLUSTER;
        return new Reading(all, problems, Compiler.compile(all, now, options));
    }

    /// The compile of objects that are complete already.
    public static Reading of(ManifestSet manifests, Instant now) {
        CompileOptions options =
                manifests.gateways().isEmpty() ? CompileOptions.FOLDER : CompileOptions.CLUSTER;
        return new Reading(manifests, List.of(), Compiler.compile(manifests, now, options));
    }

    public boolean hasErrors() {
        return !problems.isEmpty() || compilation.hasErrors();
    }

    /// What was said of one object.
    public List<Diagnostic> of(String kind, String namespace, String name) {
        return compilation.diagnostics().stream()
                .filter(each ->
                        each.kind().equals(kind)
                                && each.object().namespace().equals(namespace)
                                && each.object().name().equals(name))
                .toList();
    }

    public static boolean isError(Diagnostic diagnostic) {
        return diagnostic.severity() == Severity.Error;
    }
}
