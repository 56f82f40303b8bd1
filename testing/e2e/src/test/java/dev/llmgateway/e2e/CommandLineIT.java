package dev.llmgateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.fixtures.commands.EarlierReadme;
import dev.llmgateway.fixtures.figures.Figures;
import dev.llmgateway.fixtures.figures.Promise;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged command line beside the packaged gateway, as one developer uses both on a folder.
class CommandLineIT {
    private static final Duration START = Duration.ofSeconds(30);
    private static final String GATEWAY =
            """
            apiVersion: llm-gateway.dev/v1alpha1
            kind: GatewayConfig
            metadata: {name: main}
            spec:
              simulation: {enabled: true}
              egress: {allowPrivateNetworks: true}
              modelRoutes:
              - {name: fast, match: fast, targets: [{pool: default, model: simulated-echo}, {pool: spare, model: simulated-echo, priority: 1}]}
            """;

    private static Path program = Path.of("");

    @TempDir private Path folder = Path.of("");

    @BeforeAll
    static void build() {
        program = PluginPackage.program();
    }

    /// The earlier product's README, verb by verb.
    @Test
    void everyVerbOfTheEarlierReadmeWorksOnAFolder() throws IOException {
        Files.writeString(folder.resolve("gateway.yaml"), GATEWAY);
        ok("upstream", "add", "echo", "--provider=Simulated", "--display-name=生产账号");
        ok("upstream", "add", "spare", "--provider=Simulated", "--pool=spare");
        String key =
                ok("apikey", "add", "dev", "-o", "key")
                        .lines()
                        .filter(line -> line.startsWith("llmgw_"))
                        .findFirst()
                        .orElseThrow();
        try (FolderServer server = FolderServer.start(program, folder)) {
            URI data = server.data();

            assertThat(call(data, key, "simulated-echo")).isEqualTo(200);
            new EarlierReadme(new Folder(this, data), "default/main", 1).walk(key);
        }
        assertThat(PluginPackage.run(program, folder, "server", "status").exit()).isEqualTo(1);
    }

    private record Folder(CommandLineIT test, URI data) implements EarlierReadme.Place {
        @Override
        public String ok(String... words) {
            return test.ok(words);
        }

        @Override
        public int call(String key) {
            return CommandLineIT.call(data, key, "simulated-echo");
        }
    }

    /// What is compiled here is what the gateway decides.
    @Test
    void explainOfflineAgreesWithTheRunningGateway() throws IOException {
        Files.writeString(folder.resolve("gateway.yaml"), GATEWAY);
        ok("upstream", "add", "echo", "--provider=Simulated");
        ok(
                "upstream",
                "add",
                "spare",
                "--provider=Simulated",
                "--pool=spare",
                "--priority=2",
                "--weight=7");
        ok("upstream", "add", "off", "--provider=Simulated");
        ok("upstream", "disable", "off");
        ok(
                "upstream",
                "add",
                "own",
                "--provider=Anthropic",
                "--type=passthrough",
                "--model=simulated-echo=x");
        ok("apikey", "add", "all");
        ok("apikey", "add", "some", "--pool=spare");
        try (FolderServer _ = FolderServer.start(program, folder)) {
            for (String key : List.of("all", "some")) {
                for (String model : List.of("simulated-echo", "fast", "claude-x", "none")) {
                    JsonNode live = json("explain", key, model, "-o", "json");
                    JsonNode here = json("explain", key, model, "--offline", "-o", "json");

                    assertThat(live.path("revision").asText()).startsWith("r-");
                    assertThat(withoutHealth(live))
                            .as(key + " " + model)
                            .isEqualTo(withoutHealth(here));
                }
            }
        }
    }

    private static JsonNode withoutHealth(JsonNode page) {
        ObjectNode copy = page.deepCopy();
        copy.remove("revision");
        for (JsonNode format : copy.path("formats")) {
            for (JsonNode candidate : format.path("candidates")) {
                ((ObjectNode) candidate).remove(List.of("usable", "reason", "until"));
            }
        }
        return copy;
    }

    private JsonNode json(String... words) {
        String output = ok(words);
        return Api.json(output.substring(output.indexOf('{')));
    }

    @Test
    void theHelpThatTheLauncherShowsIsTheProgramsOwn() {
        for (String verb : List.of("", "upstream", "upstream add", "server start", "explain")) {
            List<String> words = verb.isEmpty() ? List.of() : List.of(verb.split(" "));
            for (String locale : List.of("C", "zh_CN.UTF-8")) {
                String shown = help(locale, List.of(), words);
                String own = help(locale, List.of("--color=never"), words);

                assertThat(shown).as(verb).isEqualTo(own).contains("llm-gateway");
            }
        }
    }

    private static String help(String locale, List<String> before, List<String> words) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(before);
        command.addAll(words);
        command.add("--help");
        return Child.run(command, Map.of("LC_ALL", locale), START).output();
    }

    /// Ratios to `kubectl version --client` in one run; `kubectl get` is answered by a file here,
    /// so a real one comes on top.
    @Test
    void startUpIsNoted() throws IOException {
        Path list =
                Files.writeString(
                        folder.resolve("list.json"),
                        "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[]}");
        Path kubectl =
                Files.writeString(folder.resolve("kubectl"), "#!/bin/sh\nexec cat " + list + "\n");
        Files.setPosixFilePermissions(kubectl, PosixFilePermissions.fromString("rwx------"));
        double reference =
                fastest(
                        List.of(PluginPackage.kubectl().toString(), "version", "--client"),
                        Map.of());
        double help = fastest(List.of(program.toString(), "--help"), Map.of());
        double listing =
                fastest(
                        List.of(program.toString(), "upstream", "list"),
                        Map.of("KUBECTL", kubectl.toString()));

        Figures.note(
                "CLI",
                "--help to kubectl version --client",
                help / reference,
                "x",
                Promise.atMost(1.5));
        Figures.note(
                "CLI",
                "listing but for kubectl get to kubectl version --client",
                listing / reference,
                "x",
                Promise.atMost(3));
        assertThat(help / reference).isLessThan(5);
        assertThat(listing / reference).isLessThan(30);
    }

    private static double fastest(List<String> command, Map<String, String> environment) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 7; i++) {
            long begin = System.nanoTime();
            Child.run(command, environment, START);
            best = Math.min(best, System.nanoTime() - begin);
        }
        return best;
    }

    private String ok(String... words) {
        return PluginPackage.ok(program, folder, words);
    }

    private static int call(URI data, String key, String model) {
        return Api.post(data, "/v1/messages", "x-api-key", key, Api.question(model, "Hello", false))
                .statusCode();
    }
}
