package dev.llmgateway.cli.apikey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.place.Objects.Change;
import dev.llmgateway.cli.verb.Facts;
import dev.llmgateway.cli.verb.GitOps;
import dev.llmgateway.cli.verb.Removal;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import dev.llmgateway.cli.verb.WaitOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `apikey revoke`.
@Command(
        name = "revoke",
        description =
                "Removes keys and waits until every pod has acknowledged that it refuses them; prints how long that took.",
        footer = {
            "  llm-gateway apikey revoke team-a --yes",
            "  llm-gateway apikey revoke --owner=User/alice --dry-run"
        })
final class RevokeCommand extends Verb {
    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Names of keys.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = {"-l", "--selector"},
            paramLabel = "SEL",
            description = "Labels, as kubectl takes them.")
    private String selector = "";

    @Option(names = "--owner", paramLabel = "KIND/NAME", description = "All keys of an owner.")
    private String owner = "";

    @Option(names = "--dry-run", description = "Only say which keys it would be.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(
            names = "--force",
            description = "Also keys that Argo CD or Flux manages; Git may bring them back.")
    private boolean force;

    @Mixin private WaitOptions waiting = new WaitOptions();

    @Override
    protected ExitCode run(Session session) {
        List<JsonNode> keys = keys(session);
        for (JsonNode key : keys) {
            if (!force && GitOps.manager(key).isPresent()) {
                session.warn(
                        "removeInGit", Kind.KEY.kind(), Facts.name(key), GitOps.manager(key).get());
                return ExitCode.CONFLICT;
            }
        }
        if (dryRun) {
            keys.forEach(
                    key -> session.out().println(Kind.KEY.qualified() + "/" + Facts.name(key)));
            return ExitCode.OK;
        }
        Removal.confirm(session, yes, String.join(", ", keys.stream().map(Facts::name).toList()));
        try (Refusals refusals = Refusals.watch(session, keys)) {
            long begin = System.nanoTime();
            keys.forEach(key ->
                    session.objects().remove(Kind.KEY, Facts.name(key), new Change("none", force)));
            Refusals.Proof proof = refusals.await(session, waiting.timeout());
            long millis = (System.nanoTime() - begin) / 1_000_000;
            tell(session, keys.size(), proof, millis);
        }
        return ExitCode.OK;
    }

    private static void tell(Session session, int keys, Refusals.Proof proof, long millis) {
        switch (proof) {
            case Refusals.Proof.Asked(int pods) -> session.say("revoked", keys, pods, millis);
            case Refusals.Proof.Reported(int pods) ->
                    session.say("revokedByStatus", keys, pods, millis);
            case Refusals.Proof.NobodyServes() -> session.say("revokedUnserved", keys);
            case Refusals.Proof.Unseen() -> session.warn("revokedUnseen", keys);
        }
    }

    private List<JsonNode> keys(Session session) {
        if (names.isEmpty() && selector.isEmpty() && owner.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "whichKeys");
        }
        if (!names.isEmpty()) {
            return names.stream().map(name -> session.objects().read(Kind.KEY, name)).toList();
        }
        List<JsonNode> keys =
                session.objects().list(Kind.KEY, selector).stream()
                        .filter(key -> owner.isEmpty() || owner(key).equals(owner))
                        .toList();
        if (keys.isEmpty()) {
            throw new Failure(ExitCode.NOT_FOUND, "noKeys");
        }
        return keys;
    }

    private static String owner(JsonNode key) {
        return Facts.text(key, "/spec/owner/kind") + "/" + Facts.text(key, "/spec/owner/name");
    }
}
