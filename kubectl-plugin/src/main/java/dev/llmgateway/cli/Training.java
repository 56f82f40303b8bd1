package dev.llmgateway.cli;

import dev.llmgateway.cli.cluster.EarlyCall;
import dev.llmgateway.cli.verb.Surroundings;
import dev.llmgateway.cli.verb.Surroundings.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// The run that the package's AOT cache is made from: the usual verbs, on a folder and on a
/// `kubectl` that answers from a file. Used by package.sh alone.
final class Training {
    private static final String ITEM =
            """
            {"apiVersion":"v1","kind":"List","items":[{"apiVersion":"llm-gateway.dev/v1alpha1","kind":"UpstreamAccount",\
            "metadata":{"name":"a","namespace":"b","creationTimestamp":"2026-01-01T00:00:00Z","labels":{"c":"d"}},\
            "spec":{"provider":"Anthropic","priority":1,"weight":100},\
            "status":{"state":"Active","conditions":[{"type":"Ready","status":"True","reason":"Ready","message":""}]}}]}
            """;

    private static final String GATEWAY =
            """
            apiVersion: llm-gateway.dev/v1alpha1
            kind: GatewayConfig
            metadata: {name: main}
            spec: {simulation: {enabled: true}}
            """;

    private static final List<String> ON_CLUSTER =
            List.of(
                    "--help",
                    "--version",
                    "upstream --help",
                    "upstream list",
                    "upstream list -A -o wide",
                    "upstream list -o json",
                    "upstream list -o yaml",
                    "apikey list",
                    "apikey list -o name",
                    "__complete upstream show ''",
                    "--lang=zh --help",
                    "version --client",
                    "nonsense");

    /// What the cache of listings is made from; the fewer classes, the faster.
    private static final List<String> LISTINGS =
            List.of(
                    "upstream list",
                    "apikey list",
                    "upstream list -A -o wide",
                    "upstream list -o json");

    private static final List<String> ON_FOLDER =
            List.of(
                    "upstream add a --provider=Simulated",
                    "upstream list",
                    "upstream show a",
                    "upstream disable a",
                    "apikey add k --hash-only",
                    "apikey list",
                    "explain k simulated-echo --offline",
                    "status",
                    "env list");

    private Training() {}

    /// @param arguments an empty folder; a second one: listings alone
    public static void main(String[] arguments) throws IOException, IllegalAccessException {
        MethodHandles.lookup().ensureInitialized(Main.class);
        Path work = Path.of(arguments[0]);
        Path kubectl = work.resolve("kubectl");
        Files.writeString(work.resolve("list.json"), ITEM);
        Files.writeString(kubectl, "#!/bin/sh\nexec cat " + work.resolve("list.json") + "\n");
        Files.setPosixFilePermissions(kubectl, PosixFilePermissions.fromString("rwx------"));
        Path folder = Files.createDirectory(work.resolve("folder"));
        Files.writeString(folder.resolve("gateway.yaml"), GATEWAY);
        Map<String, String> environment = Map.of("KUBECTL", kubectl.toString(), "LANG", "C.UTF-8");
        if (arguments.length > 1) {
            LISTINGS.forEach(words -> run(environment, words));
            return;
        }
        ON_CLUSTER.forEach(words -> run(environment, words));
        ON_FOLDER.forEach(
                words -> run(environment, "--dir=" + folder + " --admin-port=1 " + words));
    }

    private static void run(Map<String, String> environment, String words) {
        Surroundings surroundings =
                new Surroundings(
                        environment,
                        InputStream.nullInputStream(),
                        Terminal.NONE,
                        InstantSource.system(),
                        SecureRandom::new,
                        "",
                        EarlyCall.of(Surroundings.kubectl(environment), words.split(" ")));
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        new Program(surroundings, nowhere, nowhere, "llm-gateway").run(words.split(" "));
    }
}
