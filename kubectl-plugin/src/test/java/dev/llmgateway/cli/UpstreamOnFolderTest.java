package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cli.Cli.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `upstream` on a folder.
class UpstreamOnFolderTest {
    private static final String SECRET = "sk-canary-0123456789";

    @TempDir private Path folder = Path.of("");
    private Cli cli = Cli.bare();

    @BeforeEach
    void start() {
        cli = Cli.on(folder);
    }

    @Test
    void anAddedAccountIsListedShownAndItsSecretIsKeptApart() throws IOException {
        Ended added =
                cli.reading(SECRET + "\n")
                        .run("upstream", "add", "claude", "--provider=anthropic", "--key-stdin");

        assertThat(added.code()).as(added.err()).isZero();
        assertThat(added.err()).contains("UpstreamAccount claude added");
        Path secret = folder.resolve("secrets/claude-api-key/api-key");
        assertThat(secret).hasContent(SECRET);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("secrets/.gitignore")).hasContent("*");
        assertThat(cli.ok("upstream", "list")).contains("claude", "Anthropic", "APIKey");
        assertThat(cli.ok("upstream", "show", "claude"))
                .contains("Fingerprint:")
                .contains("ResolvedRefs     True");
    }

    @Test
    void noSecretIsEverPrinted() {
        Cli typing = cli.reading(SECRET);
        StringBuilder all = new StringBuilder();
        for (List<String> words :
                List.of(
                        List.of(
                                "upstream",
                                "add",
                                "a",
                                "--provider=OpenAI",
                                "--key-stdin",
                                "-o",
                                "yaml"),
                        List.of("upstream", "add", "b", "--provider=nonsense", "--key-stdin"),
                        List.of("upstream", "add", "a", "--provider=OpenAI", "--key-stdin"),
                        List.of("upstream", "list", "-o", "json"),
                        List.of("upstream", "show", "a", "-o", "yaml"),
                        List.of("upstream", "show", "a"),
                        List.of("upstream", "remove", "a", "--yes"))) {
            Ended ended = typing.run(words.toArray(String[]::new));
            all.append(ended.out()).append(ended.err());
        }

        assertThat(all.toString()).contains("fingerprint").doesNotContain("canary");
    }

    @Test
    void aKeyThatCouldNotBeSentIsRefusedWithoutQuotingIt() {
        Ended ended =
                cli.reading("sk-\u0007canary")
                        .run("upstream", "add", "a", "--provider=OpenAI", "--key-stdin");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("stdin").doesNotContain("canary");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatTheCompilerRefusesIsNotWritten() {
        Ended ended =
                cli.run("upstream", "add", "local", "--provider=OpenAICompatible", "--type=none");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .contains("needs baseURL and formats")
                .contains("nothing was written");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void everyOptionReachesTheManifest() {
        String yaml =
                cli.ok(
                        "upstream",
                        "add",
                        "local",
                        "--provider=openai-compatible",
                        "--type=none",
                        "--display-name=生产账号",
                        "--base-url=http://127.0.0.1:11434",
                        "--formats=ChatCompletions,Embeddings",
                        "--pool=cheap",
                        "--priority=3",
                        "--weight=7",
                        "--model=small=qwen3:8b",
                        "--model=big",
                        "--gateway=llm/main",
                        "--dry-run=client",
                        "-o",
                        "yaml");

        assertThat(yaml)
                .isEqualTo(
                        """
                        apiVersion: llm-gateway.dev/v1alpha1
                        kind: UpstreamAccount
                        metadata:
                          name: local
                        spec:
                          displayName: 生产账号
                          gatewayRef:
                            name: main
                            namespace: llm
                          provider: OpenAICompatible
                          baseURL: http://127.0.0.1:11434
                          formats:
                          - ChatCompletions
                          - Embeddings
                          auth:
                            none: {}
                          models:
                          - name: small
                            upstream: qwen3:8b
                          - name: big
                          pool: cheap
                          priority: 3
                          weight: 7
                        """);
    }

    @Test
    void aDryRunSaysHowTheSecretIsMadeAndWritesNothing() {
        Ended ended = cli.run("upstream", "add", "a", "--provider=OpenAI", "--dry-run=client");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("name: a-api-key").doesNotContain("kind: Secret");
        assertThat(ended.err()).contains("kubectl create secret generic a-api-key");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void disablingAndEnablingLeavesEveryOtherCharacterAsItWas() throws IOException {
        String text =
                """
                # Mine.
                apiVersion: llm-gateway.dev/v1alpha1
                kind: UpstreamAccount
                metadata: {name: sim}   # the only one
                spec:
                  # the gateway plays it
                  provider: Simulated
                """;
        Files.writeString(folder.resolve("all.yaml"), text);

        cli.ok("upstream", "disable", "sim");
        String disabled = Files.readString(folder.resolve("all.yaml"));
        String listed = cli.ok("upstream", "list", "--no-headers");
        cli.ok("upstream", "enable", "sim");

        assertThat(disabled).contains("suspended: true").contains("# the gateway plays it");
        assertThat(listed).contains("Suspended");
        assertThat(folder.resolve("all.yaml")).hasContent(text);
    }

    @Test
    void removingTakesTheDocumentAndTheKeyThatNobodyElseUses() throws IOException {
        cli.reading(SECRET).ok("upstream", "add", "a", "--provider=OpenAI", "--key-stdin");
        Files.writeString(
                folder.resolve("two.yaml"),
                Files.readString(folder.resolve("account-a.yaml")).replace("name: a\n", "name: b\n")
                        + "---\n"
                        + Files.readString(folder.resolve("account-a.yaml"))
                                .replace("name: a\n", "name: c\n"));

        cli.ok("upstream", "remove", "a", "--yes");
        boolean keptWhileUsed = Files.exists(folder.resolve("secrets/a-api-key/api-key"));
        cli.ok("upstream", "remove", "b", "--yes");
        String rest = Files.readString(folder.resolve("two.yaml"));
        cli.ok("upstream", "remove", "c", "--yes");

        assertThat(keptWhileUsed).isTrue();
        assertThat(rest).contains("name: c").doesNotContain("name: b\n");
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(".gitignore", "two.yaml");
        }
    }

    @Test
    void whatGitManagesIsPrintedInsteadOfChanged() throws IOException {
        String text =
                """
                apiVersion: llm-gateway.dev/v1alpha1
                kind: UpstreamAccount
                metadata:
                  name: sim
                  annotations: {argocd.argoproj.io/tracking-id: "app:llm-gateway.dev/UpstreamAccount:x/sim"}
                spec: {provider: Simulated}
                """;
        Files.writeString(folder.resolve("all.yaml"), text);

        Ended ended = cli.run("upstream", "disable", "sim");
        Ended forced = cli.run("upstream", "disable", "sim", "--force");

        assertThat(ended.code()).isEqualTo(6);
        assertThat(ended.err()).contains("Argo CD");
        assertThat(ended.out()).contains("suspended: true").doesNotContain("status");
        assertThat(forced.code()).isZero();
        assertThat(folder.resolve("all.yaml")).content().contains("suspended: true");
    }

    @Test
    void endsTellWhatToDoNext() throws IOException {
        assertThat(cli.run("upstream", "show", "nobody"))
                .satisfies(ended -> assertThat(ended.code()).isEqualTo(3))
                .satisfies(ended -> assertThat(ended.err()).hasLineCount(1).contains("-n"));
        assertThat(cli.run("upstream", "add", "Bad_Name", "--provider=Simulated").code())
                .isEqualTo(2);
        Files.writeString(
                folder.resolve("gateway.yaml"),
                """
                apiVersion: llm-gateway.dev/v1alpha1
                kind: GatewayConfig
                metadata: {name: main}
                spec: {simulation: {enabled: true}}
                """);
        cli.ok("upstream", "add", "sim", "--provider=Simulated");
        assertThat(cli.run("upstream", "add", "sim", "--provider=Simulated").code()).isEqualTo(6);
        assertThat(cli.run("upstream", "remove", "sim"))
                .satisfies(ended -> assertThat(ended.code()).isEqualTo(2))
                .satisfies(ended -> assertThat(ended.err()).contains("--yes"));
        assertThat(Cli.on(folder.resolve("none")).run("upstream", "list").code()).isEqualTo(3);
    }
}
