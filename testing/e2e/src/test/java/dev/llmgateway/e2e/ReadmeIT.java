package dev.llmgateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.llmgateway.fixtures.process.Repository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Runs what our pages tell a reader to type.
///
/// A fenced block with the info string `sh test` is run, in the order of the page, in one bash in
/// the repository's root, so variables last from block to block. `sh test background` is a program
/// that keeps running, such as `make run`: it is started, and the next block runs once `/readyz`
/// answers on the admin port. Other blocks are not run. The pages say 8080 and 9090; free ports are
/// put in their place, and stand in `PORT` and `ADMIN_PORT`, where the Makefile finds them. A block
/// fails by its last command or any other (`set -euo pipefail`); curl fails on an HTTP error. Every
/// block is a test named by page and line.
class ReadmeIT {
    /// Those that need no cluster and no network.
    private static final List<String> EXAMPLES =
            List.of(
                    "quickstart",
                    "failover",
                    "model-routes",
                    "claude-code",
                    "codex",
                    "many-teams",
                    "tls");

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern BLOCK =
            Pattern.compile(
                    "^```sh test( background)?\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /// The program under test was just packaged by the build that runs this test: make must not
    /// start another inside. Job control gives a background block a process group, so that all of
    /// it is ended, not only its shell.
    private static final String PRELUDE =
            """
            set -meuo pipefail
            make() { command make --no-print-directory --old-file=dist/.built "$@"; }
            curl() { command curl --silent --show-error --fail-with-body "$@"; }
            trap 'for job in $(jobs -p); do kill -- -$job; done; wait' EXIT
            """;

    /// @param place page and line
    private record Block(String place, boolean background, String text) {}

    @TestFactory
    List<DynamicTest> theReadme() throws IOException {
        return run("README.md");
    }

    @TestFactory
    List<DynamicTest> theExamples() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String example : EXAMPLES) {
            tests.addAll(run("examples/" + example + "/README.md"));
        }
        return tests;
    }

    private static List<DynamicTest> run(String page) throws IOException {
        List<Block> blocks = blocks(page, Files.readString(Repository.root().resolve(page)));
        assertThat(blocks).as("blocks to run in " + page).isNotEmpty();
        String port = Integer.toString(freePort());
        String adminPort = Integer.toString(freePort());
        Path script = Files.createTempFile("readme", ".sh");
        Files.writeString(script, script(blocks).replace("8080", port).replace("9090", adminPort));
        Child child =
                Child.run(
                        List.of("bash", script.toString()),
                        Map.of("PORT", port, "ADMIN_PORT", adminPort),
                        PATIENCE);
        Files.delete(script);
        List<DynamicTest> tests = new ArrayList<>();
        for (Block block : blocks) {
            tests.add(
                    dynamicTest(
                            block.place(),
                            () ->
                                    assertThat(child.output())
                                            .contains("::passed " + block.place() + "\n")));
        }
        return tests;
    }

    private static List<Block> blocks(String page, String text) {
        return BLOCK.matcher(text)
                .results()
                .map(match ->
                        new Block(
                                page + ":" + line(text, match),
                                match.group(1) != null,
                                match.group(2)))
                .toList();
    }

    private static long line(String text, MatchResult match) {
        return text.substring(0, match.start()).lines().count() + 1;
    }

    private static String script(List<Block> blocks) {
        StringBuilder script = new StringBuilder(PRELUDE);
        for (Block block : blocks) {
            if (block.background()) {
                script.append("{\n").append(block.text()).append("} &\n");
                script.append("for _ in {1..300}; do ");
                script.append(
                        "curl --output /dev/null \"localhost:$ADMIN_PORT/readyz\" 2>/dev/null && break; ");
                script.append("sleep 0.1; done\n");
                script.append("curl --output /dev/null \"localhost:$ADMIN_PORT/readyz\"\n");
            } else {
                script.append(block.text());
            }
            script.append("echo; echo '::passed ").append(block.place()).append("'\n");
        }
        return script.toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
