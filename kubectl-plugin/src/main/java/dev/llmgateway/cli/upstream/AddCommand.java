package dev.llmgateway.cli.upstream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.oauth.Login;
import dev.llmgateway.cli.oauth.LoginOptions;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.place.Objects.Change;
import dev.llmgateway.cli.print.Result;
import dev.llmgateway.cli.print.Yaml;
import dev.llmgateway.cli.upstream.NewAccount.SecretRef;
import dev.llmgateway.cli.verb.ChangeOptions;
import dev.llmgateway.cli.verb.ObjectName;
import dev.llmgateway.cli.verb.OutputOptions;
import dev.llmgateway.cli.verb.Place;
import dev.llmgateway.cli.verb.SecretInput;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import dev.llmgateway.cli.verb.WaitOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `upstream add`.
@Command(
        name = "add",
        description =
                "Adds an account: its Secret and its UpstreamAccount. A key is read from a file, from standard input or from a prompt, never from an argument.",
        footer = {
            "  llm-gateway upstream add claude --provider=Anthropic --key-stdin < key.txt",
            "  llm-gateway --dir . upstream add local --provider=OpenAICompatible --type=none \\",
            "      --base-url=http://127.0.0.1:11434 --formats=ChatCompletions --model='*'"
        })
final class AddCommand extends Verb {
    @Parameters(paramLabel = "NAME", description = "Name of the account.")
    private String name = "";

    @Mixin private AccountSpec spec = new AccountSpec();

    @Option(names = "--key-stdin", description = "Read the API key from standard input.")
    private boolean keyFromInput;

    @Option(names = "--key-file", paramLabel = "F", description = "Read the API key from a file.")
    private @Nullable Path keyFile;

    @Option(
            names = "--from-secret",
            paramLabel = "NAME/KEY",
            description = "Use a Secret that is there.")
    private String fromSecret = "";

    @Option(names = "--no-login", description = "oauth: do not start the login.")
    private boolean noLogin;

    @Mixin private LoginOptions login = new LoginOptions();
    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private ChangeOptions changes = new ChangeOptions();
    @Mixin private WaitOptions waiting = new WaitOptions();

    @Override
    protected ExitCode run(Session session) {
        ObjectName.check(name);
        Change change = changes.change();
        boolean client = change.dryRun().equals("client");
        if (!client) {
            refuseTwins(session);
        }
        NewAccount account =
                new NewAccount(
                        name,
                        session.globals().namespace(),
                        session.globals().gateway(),
                        spec,
                        secretRef());
        ObjectNode manifest = account.manifest();
        if (!client) {
            Optional<String> key = needsKey() ? key(session) : Optional.empty();
            apply(session, change, account, manifest, key);
        }
        print(session, manifest, client);
        if (client && needsKey() && !fromStore()) {
            session.say("secretApart", SecretRef.own(name).name(), SecretRef.own(name).key());
        }
        return signsIn(change) ? Login.run(session, name, login) : ExitCode.OK;
    }

    private boolean needsKey() {
        return spec.type.equals("api-key") && !NewAccount.simulated(spec);
    }

    private Optional<SecretRef> secretRef() {
        if (!needsKey()) {
            return Optional.empty();
        }
        return Optional.of(fromStore() ? SecretRef.of(fromSecret) : SecretRef.own(name));
    }

    private void refuseTwins(Session session) {
        if (changes.change().force()) {
            return;
        }
        if (session.objects().find(Kind.ACCOUNT, name).isPresent()) {
            throw new Failure(ExitCode.CONFLICT, "exists", Kind.ACCOUNT.kind(), name);
        }
        if (session.place() instanceof Place.Cluster(var objects, _) && !fromStore()) {
            objects.find("secret", SecretRef.own(name).name())
                    .filter(secret ->
                            !secret.at("/metadata/labels").has("llm-gateway.dev/credentials"))
                    .ifPresent(_ -> {
                        throw new Failure(
                                ExitCode.CONFLICT, "exists", "Secret", SecretRef.own(name).name());
                    });
        }
    }

    private boolean fromStore() {
        return !fromSecret.isEmpty();
    }

    private Optional<String> key(Session session) {
        if (fromStore()) {
            return Optional.empty();
        }
        if (keyFromInput) {
            return Optional.of(SecretInput.fromInput(session));
        }
        Path file = keyFile;
        if (file != null) {
            return Optional.of(SecretInput.fromFile(file));
        }
        Optional<String> typed = SecretInput.fromPrompt(session, session.text("askKey", name));
        if (typed.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "noKeyGiven");
        }
        return typed;
    }

    private void apply(
            Session session,
            Change change,
            NewAccount account,
            ObjectNode manifest,
            Optional<String> key) {
        List<ObjectNode> objects = new ArrayList<>();
        key.ifPresent(value -> objects.add(account.secretManifest(SecretRef.own(name), value)));
        objects.add(manifest);
        session.objects().apply(objects, change);
        if (!change.real()) {
            session.say("dryRun", Kind.ACCOUNT.kind(), name);
            return;
        }
        session.say("added", Kind.ACCOUNT.kind(), name);
        if (spec.type.equals("oauth") && noLogin) {
            session.say("loginNext", name);
        }
        if (!signsIn(change)) {
            waiting.ready(session, Kind.ACCOUNT, name);
        }
    }

    private boolean signsIn(Change change) {
        return spec.type.equals("oauth") && !noLogin && change.real();
    }

    private void print(Session session, ObjectNode manifest, boolean client) {
        if (output.isText()) {
            if (client) {
                session.out().print(Yaml.of(manifest));
            }
            return;
        }
        output.print(
                session,
                new Result(
                        manifest,
                        List.of(Kind.ACCOUNT.qualified() + "/" + name),
                        new Result.View.Lines(List.of())));
    }
}
