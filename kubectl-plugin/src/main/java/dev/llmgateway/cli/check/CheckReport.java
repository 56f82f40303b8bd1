package dev.llmgateway.cli.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.offline.Reading;
import dev.llmgateway.cli.print.Cell;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.cli.print.Result;
import dev.llmgateway.cli.print.Tone;
import dev.llmgateway.crds.compile.Diagnostic;
import dev.llmgateway.crds.compile.Severity;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.ReadProblem;
import java.util.ArrayList;
import java.util.List;

/// What the compile says of manifests. Pure.
final class CheckReport {
    private CheckReport() {}

    static Result of(Reading reading) {
        ArrayNode data = Json.array();
        List<Result.Line> lines = new ArrayList<>();
        for (ReadProblem problem : reading.problems()) {
            data.add(
                    entry("Error", problem.source().toString(), problem.path(), problem.message()));
            lines.add(Result.Line.of(problem.toString()));
        }
        for (Diagnostic diagnostic : reading.compilation().diagnostics()) {
            boolean error = diagnostic.severity() == Severity.Error;
            ObjectNode entry =
                    entry(
                            diagnostic.severity().name(),
                            diagnostic.source().toString(),
                            diagnostic.path(),
                            diagnostic.message());
            data.add(
                    entry.put("reason", diagnostic.reason().name())
                            .put("object", diagnostic.kind() + " " + diagnostic.object()));
            lines.add(
                    error
                            ? Result.Line.of(diagnostic.toString())
                            : new Result.Line(
                                    List.of(
                                            new Cell("warning: ", Tone.WARN),
                                            Cell.of(diagnostic.toString()))));
        }
        return new Result(data, List.of(), new Result.View.Lines(lines));
    }

    private static ObjectNode entry(String severity, String source, String path, String message) {
        return Json.object()
                .put("severity", severity)
                .put("source", source)
                .put("path", path)
                .put("message", message);
    }

    static long errors(Reading reading) {
        return reading.problems().size()
                + reading.compilation().diagnostics().stream()
                        .filter(diagnostic -> diagnostic.severity() == Severity.Error)
                        .count();
    }

    static int objects(Reading reading) {
        ManifestSet set = reading.manifests();
        return set.gateways().size() + set.accounts().size() + set.keys().size();
    }
}
