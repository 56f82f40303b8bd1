package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.golden.GoldenFolder;
import dev.llmgateway.fixtures.process.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What verbs print, as people and programs get it.
class ViewsTest {
    private static final Path VIEWS =
            Repository.root().resolve("kubectl-plugin/src/test/resources/views");

    private final GoldenFolder golden = GoldenFolder.of(VIEWS);

    @TempDir private Path folder = Path.of("");
    private Cli cli = Cli.bare();

    @SuppressWarnings("NullAway.Init")
    private ServedFolder served;

    @BeforeEach
    void start() {
        served = ServedFolder.start(folder);
        cli = served.cli();
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void viewsAreAsReviewed(@TempDir Path proposed) throws IOException {
        whatIsShown();
        whatChecksAndChangesSay(proposed);

        assertThat(golden.unused(".txt")).isEmpty();
    }

    private void whatIsShown() throws IOException {
        both("upstream list");
        view("upstream-list.wide", "upstream", "list", "-o", "wide");
        both("upstream show", "b");
        both("apikey list");
        view("apikey-list.wide", "apikey", "list", "-o", "wide");
        both("apikey show", "k");
        view("apikey-show.yaml", "apikey", "show", "k", "-o", "yaml");
        both("status");
        view("status.zh", "--lang=zh", "status");
        both("health");
        signIns();
        both("env list");
        both("env show");
        both("server status");
        both("usage");
        view("usage.owner", "usage", "--by=owner");
        both("explain", "k", "cheap", "--offline");
        view("explain.models", "explain", "k", "sim-x", "--offline");
        both("version");
    }

    private void whatChecksAndChangesSay(Path proposed) throws IOException {
        served.pages()
                .put(
                        "/test",
                        "{\"account\":\"default/a\",\"model\":\"sim\",\"status\":200,\"millis\":17,\"message\":\"\"}");
        Files.writeString(
                proposed.resolve("bad.yaml"), ServedFolder.MANIFESTS.replace("pool:", "pol:"));
        both("check", "-f", proposed.toString());
        Files.writeString(
                proposed.resolve("bad.yaml"),
                ServedFolder.MANIFESTS
                        .replace("name: b}", "name: c}")
                        .replace("models: [{name: \"sim*\"}]", "models: [{name: \"x*\"}]"));
        both("diff", "-f", proposed.toString());
        both("upstream test", "a");
        both("upstream add", "n", "--provider=Simulated", "--display-name=备用", "--force");
        both("apikey add", "n", "--rpm=5", "--expires=90d", "--force");
        both("apikey rotate", "n");
        both("env set", "--http-proxy=http://p:1", "--no-proxy=a,b");
        both("env unset", "--name=no_proxy");
    }

    /// An account that nobody has signed in to, and one whose token was put there by hand.
    private void signIns() throws IOException {
        Path file = folder.resolve("sign-ins.yaml");
        Files.writeString(
                file,
                """
                apiVersion: llm-gateway.dev/v1alpha1
                kind: UpstreamAccount
                metadata: {name: anna}
                spec: {provider: Anthropic, auth: {oauth: {profile: Anthropic, clientID: c, secretRef: {name: anna}}}}
                ---
                apiVersion: llm-gateway.dev/v1alpha1
                kind: UpstreamAccount
                metadata: {name: bert}
                spec: {provider: Anthropic, auth: {oauth: {profile: Anthropic, clientID: c, secretRef: {name: bert}}}}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: bert, labels: {llm-gateway.dev/credentials: "true"}}
                stringData: {access-token: at-of-bert, expires-at: "2026-11-26T15:00:00Z"}
                """);
        both("oauth status");
        Files.delete(file);
    }

    /// The verb's view for people and the one for programs.
    private void both(String verb, String... more) {
        List<String> words = new ArrayList<>(List.of(verb.split(" ")));
        words.addAll(List.of(more));
        String name = verb.replace(' ', '-');
        view(name, words.toArray(String[]::new));
        words.addAll(List.of("-o", "json"));
        view(name + ".json", words.toArray(String[]::new));
    }

    private void view(String name, String... words) {
        String out = cli.run(words).out();
        String stable =
                out.replace(folder.toString(), "FOLDER")
                        .replaceAll("/[^ \"]*/bad\\.yaml", "PROPOSED/bad.yaml")
                        .replaceAll("llmgw_[A-Za-z0-9_-]+", "llmgw_MADE");
        golden.check(name + ".txt", stable);
    }

    /// A verb that can print for programs has a reviewed form for them and one for people.
    @Test
    void everyVerbWithAnOutputFormatHasATableAndJson() {
        List<String> names =
                HelpTest.leaves(HelpTest.all("en")).stream()
                        .map(CommandLine::getCommandSpec)
                        .filter(spec -> spec.findOption("--output") != null)
                        .map(spec -> spec.qualifiedName("-").substring("llm-gateway-".length()))
                        .toList();

        assertThat(names)
                .hasSizeGreaterThan(15)
                .allSatisfy(name -> {
                    assertThat(VIEWS.resolve(name + ".txt")).exists();
                    assertThat(VIEWS.resolve(name + ".json.txt")).exists();
                });
    }
}
