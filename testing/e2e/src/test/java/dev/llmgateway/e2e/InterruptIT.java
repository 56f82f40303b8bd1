package dev.llmgateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.process.Repository;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Ctrl-C while a cluster does not answer: every verb of the package that asks one ends with 130.
class InterruptIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path work = Path.of("");

    /// A line of `verbs.txt` whose verb fails without a cluster.
    private record Verb(List<String> words) {
        static Stream<Verb> all() throws IOException {
            Path table = Repository.root().resolve("kubectl-plugin/src/test/resources/verbs.txt");
            return Files.readAllLines(table).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\|", -1))
                    .filter(parts -> parts[1].strip().startsWith("1 4"))
                    .map(parts -> new Verb(List.of(parts[0].strip().split(" +", -1))));
        }
    }

    @TestFactory
    Stream<DynamicTest> ctrlCEndsEveryVerbThatAsksACluster() throws IOException {
        Path program = PluginPackage.program();
        List<Verb> verbs = Verb.all().toList();
        assertThat(verbs).hasSizeGreaterThan(20);
        return verbs.stream()
                .map(verb ->
                        dynamicTest(
                                String.join(" ", verb.words()),
                                () -> assertThat(interrupted(program, verb)).isEqualTo(130)));
    }

    /// Its exit code after SIGINT, sent as a terminal does: to it and to the `kubectl` it waits
    /// for.
    private int interrupted(Path program, Verb verb) throws IOException, InterruptedException {
        Path asked = work.resolve("asked");
        Path kubectl =
                Files.writeString(
                        work.resolve("kubectl"),
                        "#!/bin/sh\n: > %s\nexec sleep 600\n".formatted(asked));
        Files.setPosixFilePermissions(kubectl, PosixFilePermissions.fromString("rwx------"));
        Files.deleteIfExists(asked);
        Path manifests = Files.writeString(work.resolve("empty.yaml"), "");
        // A test run in the background ignores SIGINT, and would hand that down.
        List<String> command =
                new ArrayList<>(
                        List.of("env", "--default-signal=INT", "setsid", program.toString()));
        for (String word : verb.words()) {
            command.add(word.equals("FILE") ? manifests.toString() : word);
        }
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectInput(new File("/dev/null"))
                        .redirectErrorStream(true)
                        .redirectOutput(work.resolve("said").toFile());
        builder.environment().put("KUBECTL", kubectl.toString());
        Process process = builder.start();
        try {
            Poll.untilTrue(PATIENCE, () -> verb + " asks", () -> Files.exists(asked));
            Child.run(List.of("kill", "-INT", "--", "-" + process.pid()), Map.of(), PATIENCE);
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
