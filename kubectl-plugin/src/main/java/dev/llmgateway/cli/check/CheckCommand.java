package dev.llmgateway.cli.check;

import dev.llmgateway.cli.offline.ManifestFiles;
import dev.llmgateway.cli.offline.Placeholders;
import dev.llmgateway.cli.offline.Reading;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.verb.OutputOptions;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import dev.llmgateway.crds.manifest.ManifestSet;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `check`.
@Command(
        name = "check",
        description =
                "Compiles manifests as the operator would and names every mistake as file:document:path: message. Needs no cluster; ends with 1 when something is wrong, for CI.",
        footer = {
            "  llm-gateway check -f manifests/ -R",
            "  llm-gateway check -f . --secrets=required -o json"
        })
public final class CheckCommand extends Verb {
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

    @Option(
            names = "--secrets",
            paramLabel = "HOW",
            defaultValue = "elsewhere",
            description =
                    "elsewhere: Secrets need not be among the manifests (default); required: a missing one is a mistake.")
    private String secrets = "elsewhere";

    @Mixin private OutputOptions output = new OutputOptions();

    @Override
    protected ExitCode run(Session session) {
        Map<String, String> texts =
                ManifestFiles.read(file, recursive, session.surroundings().input());
        Reading reading =
                Reading.of(
                        texts,
                        set ->
                                secrets.equals("required")
                                        ? ManifestSet.EMPTY
                                        : Placeholders.of(set),
                        session.now());
        output.print(session, CheckReport.of(reading));
        if (reading.hasErrors()) {
            session.say("checkFailed", CheckReport.errors(reading));
            return ExitCode.FAILURE;
        }
        session.say("checkPassed", texts.size(), CheckReport.objects(reading));
        return ExitCode.OK;
    }
}
