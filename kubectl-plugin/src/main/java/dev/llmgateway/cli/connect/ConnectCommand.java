package dev.llmgateway.cli.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.cluster.PortForward;
import dev.llmgateway.cli.folder.RunningServer;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.verb.Facts;
import dev.llmgateway.cli.verb.Gateways;
import dev.llmgateway.cli.verb.Place;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import dev.llmgateway.cli.verb.Words;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `connect`.
@Command(
        name = "connect",
        description =
                "Prints the lines that point a client at this gateway with a key. On a cluster it opens a port-forward and keeps it until interrupted, unless --url says how the gateway is reached.",
        footer = {
            "  llm-gateway connect team-a --client=claude-code",
            "  eval \"$(llm-gateway --dir . connect demo --client=openai)\""
        })
public final class ConnectCommand extends Verb {
    @Parameters(paramLabel = "KEY", description = "Name of the key.")
    private String name = "";

    @Option(
            names = "--client",
            paramLabel = "CLIENT",
            defaultValue = "curl",
            description = "claude-code, codex, openai, anthropic or curl (default).")
    private String client = "curl";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "How the gateway is reached, such as https://llm.example.com.")
    private String url = "";

    @Option(
            names = "--model",
            paramLabel = "M",
            description = "Model that the example of curl asks for.")
    private String model = "";

    @Option(
            names = "--local-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the port-forward; 0: any free one (default).")
    private int port;

    @Override
    protected ExitCode run(Session session) {
        Client chosen = Words.choose(Client.class, client, "--client");
        JsonNode key = session.objects().read(Kind.KEY, name);
        Optional<String> text = text(session, key);
        if (text.isEmpty()) {
            session.warn("keyUnknown", name);
        }
        if (!url.isEmpty()) {
            print(session, chosen, url, text);
            return ExitCode.OK;
        }
        return switch (session.place()) {
            case Place.Folder(var folder) -> {
                String base =
                        RunningServer.of(folder.folder())
                                .map(server -> "http://" + server.host() + ":" + server.dataPort())
                                .orElse("http://127.0.0.1:8080");
                print(session, chosen, base, text);
                yield ExitCode.OK;
            }
            case Place.Cluster _ -> forward(session, chosen, key, text);
        };
    }

    private void print(Session session, Client chosen, String base, Optional<String> text) {
        session.out().print(ClientLines.of(chosen, base.replaceFirst("/+$", ""), text, model));
        session.out().flush();
    }

    private ExitCode forward(Session session, Client chosen, JsonNode key, Optional<String> text) {
        JsonNode gateway = Gateways.of(session, key).orElseGet(() -> Gateways.chosen(session));
        Place.Cluster cluster = (Place.Cluster) session.place();
        int remote = gateway.at("/spec/deployment/service/port").asInt(80);
        boolean tls = gateway.at("/spec/deployment/tls").isObject();
        try (PortForward way =
                PortForward.open(
                        cluster.kubectl().in(Facts.namespace(gateway)),
                        "service/" + Facts.name(gateway),
                        port,
                        remote)) {
            print(session, chosen, (tls ? "https" : "http") + "://127.0.0.1:" + way.port(), text);
            session.say("forwarding", Facts.text(gateway, "/status/address"));
            if (way.interrupted()) {
                return ExitCode.INTERRUPTED;
            }
            throw new Failure(ExitCode.FAILURE, "forwardEnded");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    /// Of a generated key, where this person may read its Secret.
    private static Optional<String> text(Session session, JsonNode key) {
        String secret = Facts.text(key, "/spec/source/generate/secretName");
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        return switch (session.place()) {
            case Place.Folder(var folder) ->
                    folder.keys()
                            .values(Facts.namespace(key), secret)
                            .map(values -> values.getOrDefault("api-key", ""));
            case Place.Cluster(var objects, _) -> {
                try {
                    yield objects.find("secret", secret)
                            .map(found -> decoded(found.at("/data/api-key").asText()));
                } catch (Failure e) {
                    if (e.code() == ExitCode.FORBIDDEN) {
                        yield Optional.empty();
                    }
                    throw e;
                }
            }
        };
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
