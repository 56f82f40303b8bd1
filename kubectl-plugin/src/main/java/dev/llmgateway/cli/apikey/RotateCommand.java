package dev.llmgateway.cli.apikey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.place.Objects.Edit;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.cli.verb.Change;
import dev.llmgateway.cli.verb.ChangeOptions;
import dev.llmgateway.cli.verb.Facts;
import dev.llmgateway.cli.verb.OutputOptions;
import dev.llmgateway.cli.verb.Place;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import dev.llmgateway.cli.verb.WaitOptions;
import dev.llmgateway.crds.api.GeneratedKey;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `apikey rotate`.
@Command(
        name = "rotate",
        description =
                "Makes a new key in the place of a generated one and prints it; the old one works for as long as --overlap says.",
        footer = {
            "  llm-gateway apikey rotate team-a --overlap=1h",
            "  llm-gateway --dir . apikey rotate team-a -o key"
        })
final class RotateCommand extends Verb {
    @Parameters(paramLabel = "NAME", description = "Name of the key.")
    private String name = "";

    @Option(
            names = "--overlap",
            paramLabel = "TIME",
            defaultValue = "24h",
            description = "How long the old key still works. Default: 24h, at most 720h.")
    private String overlap = "24h";

    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private ChangeOptions changes = new ChangeOptions();
    @Mixin private WaitOptions waiting = new WaitOptions();

    @Override
    protected ExitCode run(Session session) {
        Duration kept = WaitOptions.duration(overlap);
        JsonNode key = session.objects().read(Kind.KEY, name);
        String secret = Facts.text(key, "/spec/source/generate/secretName");
        if (secret.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "rotateHashes", name);
        }
        int revision = key.at("/spec/rotation/revision").asInt(1) + 1;
        boolean real = changes.change().real() && !changes.leftToGit(key);
        GeneratedKey made = GeneratedKey.create(session.surroundings().random().get());
        if (real && session.place() instanceof Place.Folder(var folder)) {
            folder.keys().rotate(Facts.namespace(key), secret, made, revision, kept, session.now());
        }
        ExitCode code = Change.edit(session, Kind.KEY, name, edits(revision), changes, "rotated");
        if (code == ExitCode.OK && real) {
            tell(session, secret, revision, made);
        }
        return code;
    }

    private List<Edit> edits(int revision) {
        return List.of(
                Edit.set(Json.number(revision), "spec", "rotation", "revision"),
                Edit.set(Json.text(overlap), "spec", "rotation", "overlap"));
    }

    private void tell(Session session, String secret, int revision, GeneratedKey made) {
        String text =
                session.place() instanceof Place.Cluster(var objects, _)
                        ? GeneratedSecret.await(
                                session, objects, name, secret, revision, waiting.timeout())
                        : made.text();
        ObjectNode object = Json.object().put("kind", Kind.KEY.kind()).put("name", name);
        KeyText.print(session, output, object, name, text);
    }
}
