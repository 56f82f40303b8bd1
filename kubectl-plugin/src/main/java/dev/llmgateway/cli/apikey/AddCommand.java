package dev.llmgateway.cli.apikey;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.folder.FolderObjects;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.place.Objects.Change;
import dev.llmgateway.cli.print.Yaml;
import dev.llmgateway.cli.verb.ChangeOptions;
import dev.llmgateway.cli.verb.ObjectName;
import dev.llmgateway.cli.verb.OutputOptions;
import dev.llmgateway.cli.verb.Place;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import dev.llmgateway.cli.verb.WaitOptions;
import dev.llmgateway.crds.api.GeneratedKey;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `apikey add`.
@Command(
        name = "add",
        description =
                "Adds a key and prints it once. With --hash-only the key is made here and only its hash is stored; otherwise the operator makes it and keeps it in a Secret.",
        footer = {
            "  llm-gateway apikey add team-a --display-name=团队A --model='claude-*' --rpm=60 --budget=50USD/month",
            "  llm-gateway --dir . apikey add ci --expires=90d --access=read,write -o key"
        })
final class AddCommand extends Verb {
    @Parameters(paramLabel = "NAME", description = "Name of the key.")
    private String name = "";

    @Mixin private KeySpec spec = new KeySpec();

    @Option(names = "--hash-only", description = "Make the key here and store only its SHA-256.")
    private boolean hashOnly;

    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private ChangeOptions changes = new ChangeOptions();
    @Mixin private WaitOptions waiting = new WaitOptions();

    @Override
    protected ExitCode run(Session session) {
        ObjectName.check(name);
        Change change = changes.change();
        GeneratedKey made = GeneratedKey.create(session.surroundings().random().get());
        NewKey key =
                new NewKey(
                        name,
                        session.globals().namespace(),
                        session.globals().gateway(),
                        spec,
                        hashOnly ? made.sha256() : "");
        ObjectNode manifest = key.manifest(session.now());
        if (change.dryRun().equals("client")) {
            session.out().print(Yaml.of(manifest));
            if (hashOnly) {
                session.err().println(made.text());
            }
            return ExitCode.OK;
        }
        if (!change.force() && session.objects().find(Kind.KEY, name).isPresent()) {
            throw new Failure(ExitCode.CONFLICT, "exists", Kind.KEY.kind(), name);
        }
        apply(session, manifest, made, change);
        return ExitCode.OK;
    }

    private void apply(Session session, ObjectNode manifest, GeneratedKey made, Change change) {
        if (!hashOnly
                && change.real()
                && session.place() instanceof Place.Folder(FolderObjects folder)) {
            folder.keys().keep(folder.namespace(), NewKey.secretName(name), made);
        }
        session.objects().apply(List.of(manifest), change);
        session.say(change.real() ? "added" : "dryRun", Kind.KEY.kind(), name);
        if (change.real()) {
            print(session, manifest, made);
        }
    }

    private void print(Session session, ObjectNode manifest, GeneratedKey made) {
        String text =
                !hashOnly && session.place() instanceof Place.Cluster(var objects, _)
                        ? GeneratedSecret.await(
                                session,
                                objects,
                                name,
                                NewKey.secretName(name),
                                1,
                                waiting.timeout())
                        : made.text();
        KeyText.print(session, output, manifest, name, text);
        waiting.ready(session, Kind.KEY, name);
    }
}
