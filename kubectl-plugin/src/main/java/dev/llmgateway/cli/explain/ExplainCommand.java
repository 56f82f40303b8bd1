package dev.llmgateway.cli.explain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.admin.AdminPort;
import dev.llmgateway.cli.offline.ClusterPlan;
import dev.llmgateway.cli.offline.Placeholders;
import dev.llmgateway.cli.offline.Reading;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.verb.Fleet;
import dev.llmgateway.cli.verb.OutputOptions;
import dev.llmgateway.cli.verb.Place;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import dev.llmgateway.cli.verb.Words;
import dev.llmgateway.crds.plan.WireFormat;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `explain`.
@Command(
        name = "explain",
        description =
                "Says which accounts would serve a key's requests for a model, in which order, and why the others would not. A running gateway is asked; without one the manifests are compiled here.",
        footer = {
            "  llm-gateway explain team-a claude-sonnet-4-5",
            "  llm-gateway --dir . explain demo simulated-echo --format=Messages"
        })
public final class ExplainCommand extends Verb {
    @Parameters(index = "0", paramLabel = "KEY", description = "Key: NAME or NAMESPACE/NAME.")
    private String key = "";

    @Parameters(index = "1", paramLabel = "MODEL", description = "Model, as a client asks for it.")
    private String model = "";

    @Option(
            names = "--format",
            paramLabel = "F",
            defaultValue = "ChatCompletions",
            description =
                    "Format of the request: ChatCompletions (default), Messages, Responses, Completions, Embeddings or CountTokens.")
    private String format = "ChatCompletions";

    @Option(names = "--offline", description = "Compile here even if a gateway runs.")
    private boolean offline;

    @Mixin private OutputOptions output = new OutputOptions();

    @Override
    protected ExitCode run(Session session) {
        WireFormat wanted = Words.choose(WireFormat.class, format, "--format");
        String ref = key.contains("/") ? key : session.objects().namespace() + "/" + key;
        Optional<JsonNode> live = offline ? Optional.empty() : live(session, ref);
        if (live.isEmpty()) {
            session.say("explainedOffline");
        }
        JsonNode page = live.orElseGet(() -> compiled(session, ref));
        output.print(session, ExplainReport.of(page, wanted.name(), session.messages()));
        return ExitCode.OK;
    }

    private Optional<JsonNode> live(Session session, String ref) {
        try (Fleet fleet = Fleet.ofKey(session, ref)) {
            String path = "/explain?key=" + encoded(ref) + "&model=" + encoded(model);
            for (AdminPort port : fleet.ports()) {
                Optional<AdminPort.Answer> answer = port.get(path);
                if (answer.filter(each -> each.status() == 404).isPresent()) {
                    throw new Failure(ExitCode.NOT_FOUND, "keyNotServed", ref);
                }
                if (answer.filter(AdminPort.Answer::ok).isPresent()) {
                    return answer.map(AdminPort.Answer::json);
                }
            }
            return Optional.empty();
        } catch (Failure e) {
            boolean mayNotAsk =
                    e.code() == ExitCode.FORBIDDEN
                            || e.key().equals("notFoundByKubectl")
                            || e.key().equals("noGateway");
            if (mayNotAsk) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonNode compiled(Session session, String ref) {
        Reading reading =
                switch (session.place()) {
                    case Place.Folder(var folder) -> folder.reading();
                    case Place.Cluster(_, var kubectl) ->
                            Reading.of(
                                    Map.of(
                                            "cluster",
                                            ClusterPlan.read(
                                                    kubectl, session.globals().allNamespaces())),
                                    Placeholders::of,
                                    session.now());
                };
        return OfflinePage.of(reading.compilation(), ref, model)
                .orElseThrow(() -> new Failure(ExitCode.NOT_FOUND, "keyNotServed", ref));
    }
}
