package dev.llmgateway.cli.version;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.cluster.Kubectl;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.verb.OutputOptions;
import dev.llmgateway.cli.verb.Place;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `version`.
@Command(
        name = "version",
        description =
                "Versions of this program, of the operator and of the gateways, and whether they differ.",
        footer = {"  llm-gateway version --client", "  llm-gateway version -o json"})
public final class VersionCommand extends Verb {
    @Option(names = "--client", description = "This program's alone; no cluster is asked.")
    private boolean client;

    @Mixin private OutputOptions output = new OutputOptions();

    @Override
    protected ExitCode run(Session session) {
        boolean cluster = !client && session.globals().dir().isEmpty();
        VersionReport report =
                cluster && session.place() instanceof Place.Cluster(_, var kubectl)
                        ? VersionReport.of(
                                OwnVersion.NUMBER,
                                images(
                                        kubectl,
                                        "deployments",
                                        "app.kubernetes.io/name=llm-gateway-operator"),
                                images(kubectl, "pods", "app.kubernetes.io/name=llm-gateway"))
                        : VersionReport.client(OwnVersion.NUMBER);
        output.print(session, report.result());
        if (report.differ()) {
            session.warn("versionSkew");
        }
        return ExitCode.OK;
    }

    /// Empty: nobody of that kind is there, or this person may not look.
    private static Optional<JsonNode> images(Kubectl kubectl, String kind, String selector) {
        try {
            return Optional.of(
                    kubectl.json("get", kind, "--all-namespaces", "--selector=" + selector));
        } catch (Failure e) {
            if (e.code() != ExitCode.FORBIDDEN) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
