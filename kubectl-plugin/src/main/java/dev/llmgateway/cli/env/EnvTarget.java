package dev.llmgateway.cli.env;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.place.Objects.Edit;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.cli.verb.Change;
import dev.llmgateway.cli.verb.ChangeOptions;
import dev.llmgateway.cli.verb.Facts;
import dev.llmgateway.cli.verb.Gateways;
import dev.llmgateway.cli.verb.OutputOptions;
import dev.llmgateway.cli.verb.Place;
import dev.llmgateway.cli.verb.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Option;

/// Whose `spec.egress` is meant, and its change.
final class EnvTarget {
    /// Until a folder's gateway, or a pod, has taken a change.
    private static final Duration TAKES_EFFECT = Duration.ofSeconds(3);

    private static final Duration LOOK = Duration.ofMillis(200);

    @Option(
            names = "--account",
            paramLabel = "NAME",
            description = "Of this account instead of the gateway.")
    String account = "";

    ExitCode edit(Session session, List<Edit> edits, ChangeOptions changes, OutputOptions output) {
        ExitCode code =
                account.isEmpty() && declaresNone(session)
                        ? declare(session, edits, changes)
                        : Change.edit(session, kind(), name(session), edits, changes, "changed");
        if (code == ExitCode.OK && changes.change().real()) {
            output.print(session, settled(session).result());
        }
        return code;
    }

    private Kind kind() {
        return account.isEmpty() ? Kind.GATEWAY : Kind.ACCOUNT;
    }

    private String name(Session session) {
        return account.isEmpty() ? Facts.name(Gateways.chosen(session)) : account;
    }

    /// A folder needs no GatewayConfig until something of it is to be said.
    private static boolean declaresNone(Session session) {
        return session.place() instanceof Place.Folder
                && session.objects().list(Kind.GATEWAY, "").isEmpty();
    }

    private static ExitCode declare(Session session, List<Edit> edits, ChangeOptions changes) {
        JsonNode gateway =
                Json.object()
                        .put("apiVersion", Kind.API_VERSION)
                        .put("kind", Kind.GATEWAY.kind())
                        .set("metadata", Json.object().put("name", "main"));
        for (Edit edit : edits) {
            gateway = edit.apply(gateway);
        }
        session.objects().apply(List.of((ObjectNode) gateway), changes.change());
        session.say("added", Kind.GATEWAY.kind(), "main");
        return ExitCode.OK;
    }

    EnvReport report(Session session) {
        EnvFacts facts = EnvFacts.gather(session);
        return new EnvReport(
                account.isEmpty()
                        ? facts.gateways().isEmpty()
                                ? List.of()
                                : EnvReport.gateway(facts, Gateways.chosen(session))
                        : EnvReport.account(facts, session.objects().read(Kind.ACCOUNT, account)));
    }

    /// Gives the change a moment; the report says what runs then.
    private EnvReport settled(Session session) {
        long deadline = System.nanoTime() + TAKES_EFFECT.toNanos();
        EnvReport report = report(session);
        while (!report.agrees() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK.toNanos());
            report = report(session);
        }
        return report;
    }
}
