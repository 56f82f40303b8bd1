package dev.llmgateway.cli.health;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.admin.AdminPort;
import dev.llmgateway.cli.cluster.GatewayPods;
import dev.llmgateway.cli.cluster.Kubectl;
import dev.llmgateway.cli.folder.FolderObjects;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.verb.DeepTests;
import dev.llmgateway.cli.verb.Facts;
import dev.llmgateway.cli.verb.OutputOptions;
import dev.llmgateway.cli.verb.Place;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `health`.
@Command(
        name = "health",
        description =
                "Probes the operator, every pod and every account; ends with 0 only when all are ready.",
        footer = {"  llm-gateway health", "  llm-gateway --dir . health --deep"})
public final class HealthCommand extends Verb {
    @Option(
            names = "--deep",
            description = "One tiny real call for each account as well; it costs tokens.")
    private boolean deep;

    @Mixin private OutputOptions output = new OutputOptions();

    @Override
    protected ExitCode run(Session session) {
        List<Probe> probes = new ArrayList<>();
        switch (session.place()) {
            case Place.Cluster(_, var kubectl) -> cluster(session, kubectl, probes);
            case Place.Folder(var folder) -> probes.add(process(folder));
        }
        for (JsonNode account : session.objects().list(Kind.ACCOUNT, "")) {
            if (!Facts.suspended(account)) {
                probes.add(HealthReport.account(account));
            }
        }
        if (deep) {
            DeepTests.run(session).forEach(test -> probes.add(HealthReport.test(test)));
        }
        output.print(session, HealthReport.of(probes));
        return probes.stream().allMatch(Probe::good) ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static void cluster(Session session, Kubectl kubectl, List<Probe> probes) {
        probes.add(operator(kubectl));
        for (JsonNode gateway : session.objects().list(Kind.GATEWAY, "")) {
            probes.add(HealthReport.gateway(gateway));
            Kubectl there = kubectl.in(Facts.namespace(gateway));
            GatewayPods.list(there, Facts.name(gateway))
                    .forEach(pod -> probes.add(HealthReport.pod(pod)));
        }
    }

    /// Whoever may not look into other namespaces looks into this one.
    private static Probe operator(Kubectl kubectl) {
        String selector = "--selector=app.kubernetes.io/name=llm-gateway-operator";
        try {
            return HealthReport.operator(
                    kubectl.json("get", "deployments", "--all-namespaces", selector));
        } catch (Failure e) {
            if (e.code() != ExitCode.FORBIDDEN) {
                throw e;
            }
            return HealthReport.operator(kubectl.json("get", "deployments", selector));
        }
    }

    private static Probe process(FolderObjects folder) {
        Optional<AdminPort.Answer> ready = folder.admin().get("/readyz");
        return new Probe(
                "gateway",
                folder.admin().name(),
                ready.filter(AdminPort.Answer::ok).isPresent(),
                ready.map(answer -> answer.body().strip()).orElse("does not run"));
    }
}
