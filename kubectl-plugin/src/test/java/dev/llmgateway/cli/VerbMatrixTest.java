package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cli.Cli.Ended;
import dev.llmgateway.fixtures.process.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How every verb ends when things go wrong, by `verbs.txt`. A verb without a line there fails.
class VerbMatrixTest {
    private static final Path TABLE =
            Repository.root().resolve("kubectl-plugin/src/test/resources/verbs.txt");

    /// What `kubectl` says then, in the order of the table.
    private static final List<String> CLUSTER =
            List.of(
                    "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?",
                    "Error from server (Forbidden): x is forbidden: User \"u\" cannot list resource \"y\"",
                    "Error from server (NotFound): upstreamaccounts.llm-gateway.dev \"x\" not found",
                    "error: Apply failed with 1 conflict: conflict with \"somebody\": .spec.pool",
                    "Unable to connect to the server: net/http: request canceled (Client.Timeout exceeded while awaiting headers)");

    @TempDir private Path work = Path.of("");
    private Path file = Path.of("");
    private Path kubectl = Path.of("");

    /// @param cluster exit codes in the order of [#CLUSTER]
    /// @param folder of an empty one, and of one that is not there
    record Line(List<String> words, List<Integer> cluster, List<Integer> folder) {
        static Line of(String text) {
            String[] parts = text.split("\\|", -1);
            return new Line(
                    List.of(parts[0].strip().split(" +", -1)), codes(parts[1]), codes(parts[2]));
        }

        private static List<Integer> codes(String text) {
            return Arrays.stream(text.strip().split(" ", -1)).map(Integer::valueOf).toList();
        }

        boolean isOf(String verb) {
            List<String> names = List.of(verb.split(" ", -1));
            return words.size() >= names.size() && words.subList(0, names.size()).equals(names);
        }

        @Override
        public String toString() {
            return String.join(" ", words);
        }
    }

    static Stream<Line> lines() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Line::of);
    }

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(work.resolve("file.yaml"), "a: b\n");
        kubectl =
                Files.writeString(
                        work.resolve("kubectl"), "#!/bin/sh\ncat \"$0.says\" >&2; exit 1\n");
        Files.setPosixFilePermissions(kubectl, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void everyVerbHasOneLine() throws IOException {
        List<Line> lines = lines().toList();
        List<String> verbs =
                HelpTest.verbs().filter(verb -> !verb.startsWith("__complete")).toList();

        assertThat(verbs)
                .hasSizeGreaterThan(30)
                .allSatisfy(verb ->
                        assertThat(lines.stream().filter(line -> line.isOf(verb)))
                                .as(verb)
                                .hasSize(1));
        assertThat(lines).hasSameSizeAs(verbs);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void onAClusterItEndsAsTheTableSays(Line line) throws IOException {
        Cli cli = Cli.bare().with("KUBECTL", kubectl.toString());
        List<Integer> codes = new ArrayList<>();
        for (String says : CLUSTER) {
            Files.writeString(work.resolve("kubectl.says"), says + "\n");
            Ended ended = run(cli, line);
            codes.add(ended.code());
            if (ended.code() != 0) {
                assertThat(ended.err()).as(says).hasLineCount(1);
            }
        }

        assertThat(codes).isEqualTo(line.cluster());
    }

    @ParameterizedTest
    @MethodSource("lines")
    void onAFolderItEndsAsTheTableSays(Line line) throws IOException {
        Path empty = Files.createDirectory(work.resolve("empty"));

        Ended onEmpty = run(Cli.on(empty), line);
        Ended onNone = run(Cli.on(work.resolve("none")), line);

        assertThat(List.of(onEmpty.code(), onNone.code())).isEqualTo(line.folder());
        assertThat(work.resolve("none")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void whatItDoesNotUnderstandIsWrongUseAndNamesItsHelp(Line line) {
        List<String> words = new ArrayList<>(line.words());
        words.add("--no-such-option");

        Ended ended = run(Cli.on(work), new Line(words, List.of(), List.of()));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("--no-such-option", "--help").hasLineCount(1);
    }

    private Ended run(Cli cli, Line line) {
        return cli.run(
                line.words().stream()
                        .map(word -> word.equals("FILE") ? file.toString() : word)
                        .toArray(String[]::new));
    }
}
