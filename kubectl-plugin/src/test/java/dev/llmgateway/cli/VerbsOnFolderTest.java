package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cli.Cli.Ended;
import dev.llmgateway.cli.verb.Surroundings.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The verbs that look and explain, on a folder whose gateway is a stand-in with fixed pages.
class VerbsOnFolderTest {
    private static final String ACCOUNTS = ServedFolder.ACCOUNTS;
    private static final String MANIFESTS = ServedFolder.MANIFESTS;

    @TempDir private Path folder = Path.of("");
    private Cli cli = Cli.bare();

    @SuppressWarnings("NullAway.Init")
    private ServedFolder served;

    @SuppressWarnings("NullAway.Init")
    private Map<String, String> pages;

    @BeforeEach
    void start() {
        served = ServedFolder.start(folder);
        pages = served.pages();
        cli = served.cli();
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void exitCodesTellWhatIsDegraded() {
        assertThat(cli.run("status").code()).isEqualTo(1);
        assertThat(cli.run("health").code()).isEqualTo(1);
        pages.put("/accounts", ACCOUNTS.replace("CoolingDown", "Active"));
        assertThat(cli.run("status").code()).isZero();
        assertThat(cli.run("health").code()).isZero();
        pages.remove("/readyz");
        assertThat(cli.run("status").code()).isEqualTo(1);
        assertThat(cli.run("health").code()).isEqualTo(1);
        assertThat(cli.run("server", "status").code()).isEqualTo(1);
        assertThat(Cli.on(folder).run("server", "status").err()).contains("server start");
    }

    @Test
    void proxiesAreSetAndUnsetBesideWhatRuns() throws IOException {
        pages.put("/accounts", ACCOUNTS.replace("http://old:1", "http://new:2"));

        String set = cli.ok("env", "set", "--https-proxy=http://new:2");
        String text = Files.readString(folder.resolve("all.yaml"));
        pages.put("/accounts", ACCOUNTS.replace("http://old:1", ""));
        String unset = cli.ok("env", "unset", "--name=https_proxy");

        assertThat(set).containsPattern("https_proxy +http://new:2 +http://new:2");
        assertThat(text)
                .contains("httpsProxy: http://new:2")
                .contains("modelRoutes: [{name: cheap");
        assertThat(unset).doesNotContain("http://new:2");
        assertThat(cli.run("env", "set").code()).isEqualTo(2);
        assertThat(cli.run("env", "set", "--https-proxy=ftp://x"))
                .satisfies(ended -> assertThat(ended.code()).isEqualTo(2))
                .satisfies(ended -> assertThat(ended.err()).contains("nothing was written"));
    }

    @Test
    void aTestCallIsTold() {
        pages.put(
                "/test",
                "{\"account\":\"default/a\",\"model\":\"sim\",\"status\":429,\"millis\":17,\"message\":\"Capacity\"}");

        Ended ended = cli.run("upstream", "test", "a");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).contains("429", "17 ms", "Capacity");
        pages.remove("/test");
        assertThat(cli.run("upstream", "test", "a").code()).isEqualTo(3);
        assertThat(Cli.on(folder).run("upstream", "test", "a").err()).contains("server start");
    }

    @Test
    void checkNamesEveryMistakeWithItsPlace() throws IOException {
        assertThat(cli.run("check", "-f", folder.toString()).code()).isZero();
        Files.writeString(
                folder.resolve("bad.yaml"),
                MANIFESTS
                        .replace("name: a,", "name: c,")
                        .replace("models: [{name: \"sim*\"}]", "model: x"));

        Ended ended = cli.run("check", "-f", folder.toString());

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out())
                .contains("bad.yaml:2:spec.model: unknown field")
                .contains("all.yaml");
        assertThat(cli.run("check", "-f", folder.toString(), "-o", "json").out())
                .contains("\"severity\": \"Error\"");
        assertThat(cli.reading("kind: x\n").run("check", "-f", "-").code()).isEqualTo(1);
        assertThat(cli.run("check", "-f", folder.resolve("none").toString()).code()).isEqualTo(3);
    }

    @Test
    void secretsOfARepositoryMayLieElsewhereUnlessRequired(@TempDir Path repository)
            throws IOException {
        Files.writeString(
                repository.resolve("a.yaml"),
                """
                apiVersion: llm-gateway.dev/v1alpha1
                kind: UpstreamAccount
                metadata: {name: a}
                spec: {provider: OpenAI, auth: {apiKey: {secretRef: {name: s, key: k}}}}
                """);

        assertThat(cli.run("check", "-f", repository.toString()).code()).isZero();
        assertThat(cli.run("check", "-f", repository.toString(), "--secrets=required").out())
                .contains("there is no Secret s");
    }

    @Test
    void diffTellsWhoIsGainedLostAndReRouted(@TempDir Path proposed) throws IOException {
        Files.writeString(
                proposed.resolve("all.yaml"),
                MANIFESTS
                        .replace(
                                "targets: [{pool: spare}]",
                                "targets: [{pool: default, model: simple}]")
                        .replace("name: a, creation", "name: z, creation"));

        Ended ended = cli.run("diff", "-f", proposed.toString(), "--exit-code");
        Ended same = cli.run("diff", "-f", folder.toString(), "--exit-code");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out())
                .contains("+ account default/z")
                .contains(
                        "~ route default/k cheap: default/b -> default/a=simple,default/z=simple");
        assertThat(same.code()).isZero();
        assertThat(same.out()).isEmpty();
    }

    @Test
    void connectPrintsWhatEachClientNeeds() {
        String key = cli.ok("apikey", "add", "ci", "-o", "key").strip();

        assertThat(cli.ok("connect", "ci", "--client=openai"))
                .isEqualTo(
                        "export OPENAI_BASE_URL=http://127.0.0.1:8080/v1\nexport OPENAI_API_KEY='"
                                + key
                                + "'\n");
        assertThat(cli.ok("connect", "ci", "--client=anthropic"))
                .contains("ANTHROPIC_API_KEY='" + key);
        assertThat(cli.ok("connect", "ci", "--client=codex")).contains("wire_api = \"responses\"");
        assertThat(cli.ok("connect", "ci", "--model=m"))
                .contains("\"model\":\"m\"")
                .contains("Bearer " + key);
        assertThat(cli.run("connect", "k", "--client=claude-code"))
                .satisfies(ended ->
                        assertThat(ended.out())
                                .contains("ANTHROPIC_AUTH_TOKEN=\"$LLM_GATEWAY_KEY\""))
                .satisfies(ended -> assertThat(ended.err()).contains("not stored"));
    }

    @Test
    void wordsAreCompleted() {
        assertThat(cli.ok("__complete", "up")).isEqualTo("upstream\n:4\n");
        assertThat(cli.ok("__complete", "upstream", "sh")).isEqualTo("show\n:4\n");
        assertThat(cli.ok("__complete", "upstream", "show", "")).isEqualTo("a\nb\n:4\n");
        assertThat(cli.ok("__complete", "upstream", "add", "--prov")).isEqualTo("--provider\n:4\n");
        assertThat(cli.ok("__complete", "upstream", "add", "--provider=An"))
                .contains("--provider=Anthropic\n");
        assertThat(cli.ok("completion", "bash")).contains("__complete");
    }

    @Test
    void coloursAreForTerminalsAndPeopleMayRefuseThem() {
        Cli terminal = cli.at(new Terminal(true, true, true, 60));

        assertThat(terminal.ok("upstream", "list")).contains("\033[3").contains("…");
        assertThat(terminal.with("NO_COLOR", "1").ok("upstream", "list")).doesNotContain("\033[");
        assertThat(terminal.with("TERM", "dumb").ok("upstream", "list")).doesNotContain("\033[");
        assertThat(terminal.ok("upstream", "list", "--color=never")).doesNotContain("\033[");
        assertThat(cli.ok("upstream", "list")).doesNotContain("\033[").doesNotContain("…");
        assertThat(cli.ok("upstream", "list", "--color=always")).contains("\033[3");
    }

    @Test
    void dataNeverChangesWithTheLanguage() {
        for (String format : new String[] {"json", "yaml", "name"}) {
            assertThat(cli.ok("--lang=zh", "upstream", "list", "-o", format))
                    .isEqualTo(cli.ok("upstream", "list", "-o", format));
        }
        assertThat(cli.run("--lang=zh", "upstream", "show", "nobody").err()).contains("找不到");
        assertThat(cli.with("LC_ALL", "zh_CN.UTF-8").run("upstream", "show", "nobody").err())
                .contains("找不到");
    }
}
