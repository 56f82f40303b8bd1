package dev.llmgateway.cli.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.verb.ChangeOptions;
import dev.llmgateway.cli.verb.Deletion;
import dev.llmgateway.cli.verb.Facts;
import dev.llmgateway.cli.verb.Place;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `upstream remove`.
@Command(
        name = "remove",
        description = "Removes an account, and the Secret that `upstream add` made for it.",
        footer = {
            "  llm-gateway upstream remove claude",
            "  llm-gateway --dir . upstream remove claude --yes"
        })
final class RemoveCommand extends Verb {
    @Parameters(paramLabel = "NAME", description = "Name of the account.")
    private String name = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Mixin private ChangeOptions changes = new ChangeOptions();

    @Override
    protected ExitCode run(Session session) {
        JsonNode account = session.objects().read(Kind.ACCOUNT, name);
        ExitCode code = Deletion.of(session, Kind.ACCOUNT, account, yes, changes);
        if (code == ExitCode.OK && changes.change().real()) {
            removeSecret(session, account);
        }
        return code;
    }

    /// Only what this program made under the account's name.
    private static void removeSecret(Session session, JsonNode account) {
        String secret = Facts.text(account, "/spec/auth/apiKey/secretRef/name");
        if (session.place() instanceof Place.Cluster(var objects, var kubectl)
                && secret.equals(NewAccount.SecretRef.own(Facts.name(account)).name())) {
            boolean ours =
                    objects.find("secret", secret)
                            .filter(found ->
                                    found.at("/metadata/labels")
                                            .path("app.kubernetes.io/managed-by")
                                            .asText()
                                            .equals("kubectl-llm-gateway"))
                            .isPresent();
            if (ours) {
                kubectl.run("delete", "secret", secret, "--wait=false");
            }
        }
    }
}
