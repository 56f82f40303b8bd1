package dev.llmgateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.fixtures.process.GatewayProcess;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.process.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `make run` does, on a copy of examples/quickstart.
class QuickstartIT {
    private static final Path EXAMPLE = Repository.root().resolve("examples/quickstart");
    private static final Pattern KEY = Pattern.compile("llmgw_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}");
    private static final Pattern CURL = Pattern.compile("curl .*(?:\\\\\\n.*)*");
    private static final Duration TAKES_EFFECT = Duration.ofSeconds(2);

    @Test
    void everyCurlLineItPrintsWorksAsPrinted(@TempDir Path folder) throws IOException {
        copy(folder);
        try (GatewayProcess gateway = GatewayProcess.ready(folder)) {
            List<String> lines =
                    CURL.matcher(gateway.stdout()).results().map(MatchResult::group).toList();

            assertThat(lines).hasSizeGreaterThanOrEqualTo(2);
            for (String line : lines) {
                Child child =
                        sh(
                                line.replaceFirst(
                                        "curl", "curl --silent --show-error --fail-with-body"));
                assertThat(child.exit()).as(line + "\n" + child.output()).isZero();
                assertThat(child.output()).contains("Hello");
            }
        }
    }

    @Test
    void theExpectedAnswersAreGiven(@TempDir Path folder) throws IOException {
        copy(folder);
        try (GatewayProcess gateway = GatewayProcess.ready(folder)) {
            String question = Api.question("simulated-echo", "Hello", false);

            String message =
                    Api.post(gateway.data(), "/v1/messages", "x-api-key", key(gateway), question)
                            .body();
            String chat =
                    Api.post(
                                    gateway.data(),
                                    "/v1/messages",
                                    "authorization",
                                    "Bearer " + key(gateway),
                                    question)
                            .body();

            assertHolds(Api.json(message), expected("message.json"));
            assertHolds(Api.json(chat), expected("chat-completion.json"));
        }
    }

    @Test
    void theDemoKeyOutlivesARestartAndStaysOutOfTheLog(@TempDir Path folder) throws IOException {
        copy(folder);
        String first;
        try (GatewayProcess gateway = GatewayProcess.ready(folder)) {
            first = key(gateway);
            assertThat(Api.status(gateway.data(), first)).isEqualTo(200);
            assertThat(gateway.stderr()).doesNotContain(first);
            Poll.untilTrue(
                    TAKES_EFFECT,
                    () -> "an access record in:\n" + gateway.stdout(),
                    () -> gateway.stdout().lines().anyMatch(line -> line.startsWith("{")));
            assertThat(gateway.stdout().lines().filter(line -> line.startsWith("{")))
                    .noneMatch(line -> line.contains(first));
        }
        try (GatewayProcess gateway = GatewayProcess.ready(folder)) {
            assertThat(Api.status(gateway.data(), first)).isEqualTo(200);
        }
    }

    @Test
    void anEditTakesEffectAndABadOneIsNamedAndKeepsTheLastGoodState(@TempDir Path folder)
            throws IOException {
        copy(folder);
        Manifests manifests = new Manifests(folder);
        try (GatewayProcess gateway = GatewayProcess.ready(folder)) {
            String key = key(gateway);
            String good = manifests.read("key.yaml");

            manifests.write("key.yaml", good + "  suspended: true\n");
            Poll.untilTrue(TAKES_EFFECT, () -> "401", () -> Api.status(gateway.data(), key) == 401);
            manifests.write("key.yaml", good);
            Poll.untilTrue(TAKES_EFFECT, () -> "200", () -> Api.status(gateway.data(), key) == 200);

            manifests.write("key.yaml", good + "  oops: [\n");
            Poll.untilTrue(
                    TAKES_EFFECT, gateway::stderr, () -> gateway.stderr().contains("key.yaml:"));
            assertThat(Api.problems(gateway.admin())).contains("key.yaml:");
            assertThat(Api.status(gateway.data(), key)).isEqualTo(200);
        }
    }

    private static void copy(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLE)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                Files.copy(file, folder.resolve(file.getFileName().toString()));
            }
        }
    }

    private static String key(GatewayProcess gateway) {
        return KEY.matcher(gateway.stdout())
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode expected(String name) throws IOException {
        return Api.json(Files.readString(EXAMPLE.resolve("expected").resolve(name)));
    }

    /// Every member that is expected is there with that value; others may be there as well.
    private static void assertHolds(JsonNode actual, JsonNode expected) {
        if (expected.isObject()) {
            expected.properties()
                    .forEach(
                            member -> assertHolds(actual.path(member.getKey()), member.getValue()));
        } else if (expected.isArray()) {
            assertThat(actual.size()).as(actual.toString()).isEqualTo(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                assertHolds(actual.path(i), expected.path(i));
            }
        } else {
            assertThat(actual).isEqualTo(expected);
        }
    }

    private static Child sh(String line) {
        return Child.run(List.of("sh", "-c", line), Map.of(), Duration.ofSeconds(30));
    }
}
