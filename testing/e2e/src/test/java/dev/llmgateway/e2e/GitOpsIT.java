package dev.llmgateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The workflow of docs/gitops on a repository with a pull request, by the packaged program.
class GitOpsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String BASE =
            """
            apiVersion: llm-gateway.dev/v1alpha1
            kind: GatewayConfig
            metadata: {name: main, namespace: llm-gateway}
            ---
            apiVersion: llm-gateway.dev/v1alpha1
            kind: GatewayKey
            metadata: {name: team-a, namespace: llm-gateway}
            spec: {source: {generate: {secretName: team-a-key}}}
            """;
    private static final String ACCOUNT =
            """
            apiVersion: llm-gateway.dev/v1alpha1
            kind: UpstreamAccount
            metadata: {name: %s, namespace: llm-gateway}
            spec:
              provider: Anthropic
              auth: {apiKey: {secretRef: {name: claude-api-key, key: api-key}}}
              models: [{name: "claude-*"}]
            """;

    private static Path programs = Path.of("");

    @TempDir private Path work = Path.of("");
    private Path checkout = Path.of("");
    private Path summary = Path.of("");

    @BeforeAll
    static void build() {
        programs = PluginPackage.program().resolveSibling("");
    }

    @BeforeEach
    void makeRepository() throws IOException {
        checkout = Files.createDirectory(work.resolve("checkout"));
        summary = work.resolve("summary");
        Path manifests = Files.createDirectory(checkout.resolve("manifests"));
        Files.writeString(manifests.resolve("gateway.yaml"), BASE);
        Files.writeString(manifests.resolve("accounts.yaml"), ACCOUNT.formatted("claude"));
        assertThat(
                        bash(
                                """
                                git init -q --bare ../origin
                                git init -q -b main .
                                git add .
                                git commit -q -m base
                                git remote add origin ../origin
                                git push -q origin main
                                git checkout -q -b change
                                """))
                .extracting(Child::exit)
                .isEqualTo(0);
    }

    @Test
    void aPullRequestIsToldWhatItChangesInRouting() throws IOException {
        Files.writeString(checkout.resolve("manifests/spare.yaml"), ACCOUNT.formatted("spare"));

        Child check = step("Check");
        Child diff = step("Diff");

        assertThat(check.exit()).as(check.output()).isZero();
        assertThat(diff.exit()).as(diff.output()).isZero();
        assertThat(Files.readString(summary))
                .startsWith("```diff\n")
                .endsWith("\n```\n")
                .contains(
                        """
                        + account llm-gateway/spare
                        ~ route llm-gateway/team-a claude-*: llm-gateway/claude -> llm-gateway/claude,llm-gateway/spare
                        """);
    }

    @Test
    void aMistakeStopsIt() throws IOException {
        Files.writeString(
                checkout.resolve("manifests/accounts.yaml"),
                ACCOUNT.formatted("claude").replace("models:", "modles:"));

        Child check = step("Check");

        assertThat(check.exit()).isEqualTo(1);
        assertThat(check.output())
                .contains(
                        "accounts.yaml:1:spec.modles: unknown field \"modles\"; did you mean \"models\"?\n");
        assertThat(step("Diff").exit()).isEqualTo(1);
    }

    /// What the page shows is what is printed.
    @Test
    void thePageSaysWhatTheTwoCommandsPrint() throws IOException {
        String page = Files.readString(GitOpsFiles.file("../gitops.md"));

        assertThat(page)
                .contains(
                        "accounts.yaml:1:spec.modles: unknown field \"modles\"; did you mean \"models\"?\n",
                        "+ account llm-gateway/spare\n~ route llm-gateway/team-a claude-*: llm-gateway/claude -> llm-gateway/claude,llm-gateway/spare\n",
                        "llm-gateway check -f manifests\n",
                        "llm-gateway --dir ../base/manifests diff -f manifests\n");
        assertThat(String.join("\n", scripts().map(Map.Entry::getValue).toList()))
                .contains(
                        "llm-gateway check -f manifests",
                        "llm-gateway --dir ../base/manifests diff -f manifests");
    }

    private Child step(String name) {
        return bash(
                scripts()
                        .filter(script -> script.getKey().equals(name))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElseThrow());
    }

    /// The workflow's own, by the names of its steps.
    private static Stream<Map.Entry<String, String>> scripts() {
        Object steps =
                GitOpsFiles.at(
                        GitOpsFiles.read(GitOpsFiles.file("check.yaml")),
                        "jobs",
                        "manifests",
                        "steps");
        return ((List<?>) steps)
                .stream()
                        .map(GitOpsFiles::map)
                        .filter(step -> step.containsKey("run"))
                        .map(step ->
                                Map.entry(
                                        String.valueOf(step.get("name")),
                                        String.valueOf(step.get("run"))));
    }

    /// As the runner calls it where `shell: bash` is said.
    private Child bash(String script) {
        String path = programs + ":" + System.getenv("PATH");
        return Child.run(
                List.of(
                        "bash",
                        "--noprofile",
                        "--norc",
                        "-eo",
                        "pipefail",
                        "-c",
                        "cd '" + checkout + "'\n" + script),
                Map.ofEntries(
                        Map.entry("PATH", path),
                        Map.entry("LC_ALL", "C.UTF-8"),
                        Map.entry("BASE", "main"),
                        Map.entry("GITHUB_STEP_SUMMARY", summary.toString()),
                        Map.entry("GIT_CONFIG_GLOBAL", "/dev/null"),
                        Map.entry("GIT_AUTHOR_NAME", "t"),
                        Map.entry("GIT_AUTHOR_EMAIL", "t@example.com"),
                        Map.entry("GIT_COMMITTER_NAME", "t"),
                        Map.entry("GIT_COMMITTER_EMAIL", "t@example.com")),
                PATIENCE);
    }
}
