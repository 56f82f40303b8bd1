package dev.llmgateway.cli.diff;

import dev.llmgateway.cli.offline.ClusterPlan;
import dev.llmgateway.cli.offline.ManifestFiles;
import dev.llmgateway.cli.offline.Overlay;
import dev.llmgateway.cli.offline.Placeholders;
import dev.llmgateway.cli.offline.Reading;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.verb.OutputOptions;
import dev.llmgateway.cli.verb.Place;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import dev.llmgateway.crds.compile.Diagnostic;
import dev.llmgateway.crds.compile.Reason;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.ReadProblem;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `diff`.
@Command(
        name = "diff",
        description =
                "Says what applying manifests would change in routing: accounts and keys gained, lost and changed, and models that other accounts would serve.",
        footer = {
            "  llm-gateway diff -f manifests/",
            "  llm-gateway --dir live/ diff -f proposed/ --exit-code"
        })
public final class DiffCommand extends Verb {
    @Option(
            names = {"-f", "--filename"},
            required = true,
            paramLabel = "DIR",
            description = "Folder or file of manifests, or - for standard input.")
    private String file = "";

    @Option(
            names = {"-R", "--recursive"},
            description = "Folders inside the folder as well.")
    private boolean recursive;

    @Option(names = "--exit-code", description = "End with 1 when something would change.")
    private boolean exitCode;

    @Mixin private OutputOptions output = new OutputOptions();

    @Override
    protected ExitCode run(Session session) {
        Map<String, String> texts =
                ManifestFiles.read(file, recursive, session.surroundings().input());
        Reading before = Reading.of(present(session), Placeholders::of, session.now());
        Reading proposed = Reading.of(texts, Placeholders::of, session.now());
        refuseUnreadable(proposed);
        ManifestSet after = Overlay.of(before.manifests(), proposed.manifests());
        DiffReport report =
                DiffReport.of(
                        before.compilation().plans(),
                        Reading.of(after, session.now()).compilation().plans());
        output.print(session, report.result());
        if (report.isEmpty()) {
            session.say("diffNothing");
        }
        return exitCode && !report.isEmpty() ? ExitCode.FAILURE : ExitCode.OK;
    }

    private static void refuseUnreadable(Reading proposed) {
        for (ReadProblem problem : proposed.problems()) {
            throw new Failure(ExitCode.FAILURE, "diffInvalid", problem);
        }
        for (Diagnostic diagnostic : proposed.compilation().diagnostics()) {
            if (diagnostic.reason() == Reason.UnsupportedValue) {
                throw new Failure(ExitCode.FAILURE, "diffInvalid", diagnostic);
            }
        }
    }

    private static Map<String, String> present(Session session) {
        return switch (session.place()) {
            case Place.Folder(var folder) ->
                    new TreeMap<>(
                            ManifestFiles.read(
                                    folder.folder().toString(),
                                    false,
                                    session.surroundings().input()));
            case Place.Cluster(_, var kubectl) ->
                    Map.of("cluster", ClusterPlan.read(kubectl, session.globals().allNamespaces()));
        };
    }
}
