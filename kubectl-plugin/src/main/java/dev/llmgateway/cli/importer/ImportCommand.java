package dev.llmgateway.cli.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.folder.YamlTrees;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Objects.Change;
import dev.llmgateway.cli.print.Yaml;
import dev.llmgateway.cli.verb.ChangeOptions;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `import`.
@Command(
        name = "import",
        description =
                "Reads the config.yaml of the earlier single-binary gateway and prints manifests; Secrets go into a file apart. What has no place is named in comments.",
        footer = {
            "  llm-gateway import config.yaml --secrets-file=secrets.yaml > manifests.yaml",
            "  llm-gateway --dir . import config.yaml --apply"
        })
public final class ImportCommand extends Verb {
    @Parameters(paramLabel = "FILE", description = "The config.yaml.")
    private Path file = Path.of("");

    @Option(
            names = "--secrets-file",
            paramLabel = "F",
            description = "New file, for its owner alone, that receives the Secrets.")
    private @Nullable Path secretsFile;

    @Option(
            names = "--apply",
            description = "Write everything to the cluster or folder instead of printing it.")
    private boolean apply;

    @Mixin private ChangeOptions changes = new ChangeOptions();

    @Override
    protected ExitCode run(Session session) {
        Imported imported = new Importer(session.globals().namespace()).read(tree());
        if (apply) {
            List<ObjectNode> all = new ArrayList<>(imported.secrets());
            all.addAll(imported.manifests());
            Change change = changes.change();
            session.objects().apply(all, change);
            imported.notes().forEach(note -> session.say("importNote", note));
            session.say("imported", imported.manifests().size(), imported.secrets().size());
            return ExitCode.OK;
        }
        imported.notes().forEach(note -> session.out().println("# no place for " + note));
        session.out().print(Yaml.of(imported.manifests()));
        secrets(session, imported);
        return ExitCode.OK;
    }

    private JsonNode tree() {
        try {
            List<JsonNode> documents = YamlTrees.of(Files.readString(file));
            if (documents.size() == 1 && documents.getFirst().isObject()) {
                return documents.getFirst();
            }
            throw new Failure(ExitCode.USAGE, "notAConfig", file);
        } catch (IOException _) {
            throw new Failure(ExitCode.NOT_FOUND, "manifestsUnreadable", file);
        }
    }

    private void secrets(Session session, Imported imported) {
        Path target = secretsFile;
        if (target == null) {
            if (!imported.secrets().isEmpty()) {
                session.warn("secretsLeftOut", imported.secrets().size());
            }
            return;
        }
        try {
            var owner =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"));
            Files.createFile(target, owner);
            Files.writeString(target, Yaml.of(imported.secrets()));
            session.say("secretsWritten", imported.secrets().size(), target);
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.CONFLICT, "fileNotWritten", target, e.getClass().getSimpleName());
        }
    }
}
