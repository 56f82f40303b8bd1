package dev.llmgateway.operator.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.TestCluster;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.process.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What people get wrong, and what they are told. Whoever changes a message reads all of them:
/// `-Dgolden.update` writes the file anew.
class MistakesIT {
    @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

    private static final Duration SOON = Duration.ofSeconds(20);

    /// How long what is expected is waited for, where nothing is expected yet.
    private static final Duration UNKNOWN = Duration.ofSeconds(3);

    private static final Path FOLDER =
            Repository.root().resolve("operator/src/test/resources/mistakes");
    private static final Story STORY = new Story(CLUSTER);
    private static String tenant = "";
    private static @Nullable RunningOperator operator;

    /// @param object `kind/name`, with more arguments of `kubectl get`; `refused`: the API server
    ///   does not take it
    private record Mistake(String title, String object, String manifests) {
        static Mistake parse(String text) {
            String[] parts = text.strip().split("\n", 3);
            return new Mistake(parts[0].substring(2), parts[1], parts[2]);
        }
    }

    @BeforeAll
    static void start() {
        tenant = CLUSTER.namespace() + "-tenant";
        CLUSTER.createNamespace(tenant, Map.of());
        operator = RunningOperator.start(CLUSTER, new Pods(), CLUSTER.namespace(), tenant);
        STORY.gateway("main", "");
        STORY.gateway("strict", "keyPolicy: {requireExpiry: true, maxTTL: 2160h}");
        STORY.key("first", "main", Story.hash(0xf0));
        STORY.condition("gatewaykey/first", "Accepted", "True Accepted");
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(operator).close();
    }

    @Test
    void everyMistakeIsToldSoThatOneKnowsWhatToChange() throws IOException {
        List<Mistake> mistakes = mistakes();
        Path golden = FOLDER.resolve("told.txt");
        String wanted = Boolean.getBoolean("golden.update") ? "" : Files.readString(golden);
        StringBuilder told = new StringBuilder();
        for (Mistake mistake : mistakes) {
            told.append("# ").append(mistake.title()).append('\n');
            told.append(tell(mistake, wanted)).append('\n');
        }

        assertThat(mistakes).hasSizeGreaterThan(20);
        assertThat(told.toString()).doesNotContain("canary");
        if (wanted.isEmpty()) {
            Files.writeString(golden, told);
        } else {
            assertThat(told.toString()).isEqualTo(wanted);
        }
    }

    private static List<Mistake> mistakes() throws IOException {
        return Arrays.stream(Files.readString(FOLDER.resolve("mistakes.txt")).split("====\n"))
                .map(Mistake::parse)
                .toList();
    }

    private static String tell(Mistake mistake, String wanted) {
        String manifests =
                mistake.manifests()
                        .replace("NAMESPACE", CLUSTER.namespace())
                        .replace("TENANT", tenant);
        if (mistake.object().equals("refused")) {
            return anonymous(refusal(manifests));
        }
        String namespace = mistake.object().contains("TENANT") ? tenant : CLUSTER.namespace();
        CLUSTER.kubectl().runWith(manifests, "apply", "-n", namespace, "-f", "-");
        List<String> command = new ArrayList<>(List.of("get"));
        command.addAll(List.of(mistake.object().replace("TENANT", tenant).split(" ")));
        command.addAll(
                List.of(
                        "-o",
                        "jsonpath={range .status.conditions[*]}{.type}={.status} {.reason}: {.message}{\"\\n\"}{end}"));
        return seen(command, wanted);
    }

    /// What is told in the end: references are looked for, and keys generated, a moment later.
    private static String seen(List<String> command, String wanted) {
        String[] told = {""};
        long patience = System.nanoTime() + (wanted.isEmpty() ? UNKNOWN : SOON).toNanos();
        Poll.untilTrue(
                SOON.multipliedBy(2),
                () -> command.get(1) + " says\n" + told[0],
                () -> {
                    String conditions = CLUSTER.kubectl().run(command.toArray(String[]::new));
                    told[0] = anonymous(told(conditions));
                    return conditions.contains("Ready=")
                            && ((!wanted.isEmpty() && wanted.contains("\n" + told[0] + "\n"))
                                    || System.nanoTime() > patience);
                });
        return told[0];
    }

    /// The conditions that say something is wrong, and what warns; Ready repeats one of them.
    private static String told(String conditions) {
        StringBuilder told = new StringBuilder();
        conditions
                .lines()
                .filter(line -> !line.startsWith("Programmed=") && !line.startsWith("Healthy="))
                .filter(line -> !line.startsWith("Reconciling=") && !line.startsWith("Stalled="))
                .filter(line -> !line.startsWith("BudgetExhausted="))
                .filter(line -> !line.matches("[A-Za-z]+=True [A-Za-z]+: |Expired=False.*"))
                .forEach(line -> told.append(line).append('\n'));
        return told.toString();
    }

    private static String refusal(String manifests) {
        var result = CLUSTER.kubectl().tried(manifests, "apply", "-f", "-");
        assertThat(result.exit()).as(manifests).isNotZero();
        return result.text().strip() + "\n";
    }

    private static String anonymous(String text) {
        return text.replace(tenant, "TENANT").replace(CLUSTER.namespace(), "NAMESPACE");
    }
}
