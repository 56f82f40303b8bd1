package dev.llmgateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged command line at a real terminal: what a person sees and presses.
class TerminalIT {
    private static final String ESCAPE = "\033[";
    private static final String GREEN = ESCAPE + "32m";
    private static final String YELLOW = ESCAPE + "33m";
    private static final String RED = ESCAPE + "31m";
    private static final String FRAMES = "[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]";
    private static final String TYPED = "sk-typed-canary-0123456789";

    /// A locale that hardly any machine has: nothing but the variables says what is spoken.
    private static final Map<String, String> CHINESE = Map.of("LANG", "zh_CN.UTF-8");

    private static final Map<String, String> ENGLISH = Map.of("LANG", "C.UTF-8");

    private static Path program = Path.of("");

    @TempDir private Path folder = Path.of("");

    @BeforeAll
    static void build() {
        program = PluginPackage.program();
    }

    @BeforeEach
    void write() throws IOException {
        Files.writeString(
                folder.resolve("gateway.yaml"),
                """
                apiVersion: llm-gateway.dev/v1alpha1
                kind: GatewayConfig
                metadata: {name: main}
                spec: {simulation: {enabled: true}}
                ---
                apiVersion: llm-gateway.dev/v1alpha1
                kind: UpstreamAccount
                metadata: {name: a}
                spec: {provider: Simulated, displayName: 生产账号, weight: 711}
                ---
                apiVersion: llm-gateway.dev/v1alpha1
                kind: UpstreamAccount
                metadata: {name: b}
                spec: {provider: Simulated, displayName: plain, weight: 722, suspended: true}
                """);
    }

    private Tmux terminal(int columns, Map<String, String> environment) {
        return Tmux.open(folder, columns, environment);
    }

    /// The program on the folder, as a word of a script.
    private String cli(String words) {
        return program + " --dir=" + folder + " " + words;
    }

    @Test
    void statesHaveColoursAndAPersonMayRefuseThem() {
        try (Tmux tmux = terminal(120, ENGLISH)) {
            tmux.run(cli("upstream list"));
            String coloured = tmux.painted();
            tmux.run("NO_COLOR=1 " + cli("upstream list"));
            String refused = tmux.painted();
            tmux.run("NO_COLOR= " + cli("upstream list"));
            String empty = tmux.painted();
            tmux.run("TERM=dumb " + cli("upstream list"));
            String dumb = tmux.painted();
            tmux.run(cli("upstream list --color=never"));
            String never = tmux.painted();

            assertThat(coloured).contains(YELLOW + "Pending", RED + "False");
            assertThat(refused).contains("Pending").doesNotContain(ESCAPE);
            assertThat(empty).contains(YELLOW + "Pending");
            assertThat(dumb).contains("Pending").doesNotContain(ESCAPE);
            assertThat(never).contains("Pending").doesNotContain(ESCAPE);
        }
    }

    @Test
    void aPipeGetsNoEscapeSequencesAndNothingIsCutForIt() {
        String wait = cli("upstream enable a --wait --timeout=1s");
        try (Tmux tmux = terminal(60, ENGLISH)) {
            String table = tmux.run(cli("upstream list -o wide") + " | cat -v").screen();
            String waited = tmux.run(wait + " 2>&1 | cat -v").screen();
            String forced = tmux.run(cli("upstream list --color=always") + " | cat -v").screen();
            String help = tmux.run(cli("upstream add --help") + " | wc -L").screen();

            assertThat(table).contains("REASON").doesNotContain("^[", "M-bM-^@M-&");
            assertThat(waited)
                    .contains("UpstreamAccount a enabled\n")
                    .doesNotContain("^[", "M-bM- ");
            assertThat(forced).contains("^[[33mPending");
            assertThat(Integer.parseInt(help.strip())).isGreaterThan(80);
        }
    }

    @Test
    void aNarrowTerminalCutsTablesAndFoldsHelp() {
        try (Tmux tmux = terminal(60, ENGLISH)) {
            List<String> table = tmux.run(cli("upstream list -o wide")).lines();
            String whole = tmux.unwrapped();

            assertThat(table).hasSize(3).allMatch(line -> line.endsWith("…"));
            assertThat(whole.lines().count()).isEqualTo(tmux.screen().lines().count());

            tmux.run(cli("apikey revoke --help"));

            assertThat(tmux.unwrapped().lines())
                    .anyMatch(line -> line.contains("--selector"))
                    .allMatch(line -> line.length() <= 60);
        }
    }

    @Test
    void chineseTakesTwoCellsAndColumnsStayBelowEachOther() {
        try (Tmux tmux = terminal(140, ENGLISH)) {
            tmux.run(cli("upstream list -o wide"));

            assertThat(tmux.screen()).contains("生产账号");
            assertThat(tmux.column("711")).isEqualTo(tmux.column("WEIGHT")).isGreaterThan(60);
            assertThat(tmux.column("722")).isEqualTo(tmux.column("WEIGHT"));

            tmux.run(cli("upstream show a --lang=zh"));

            assertThat(tmux.column("生产账号")).isEqualTo(18);
            assertThat(tmux.column("default/a")).isEqualTo(18);
        }
    }

    /// The cut may fall into the middle of a character of two cells.
    @Test
    void chineseIsCutWithoutAWrappedLine() {
        for (int columns = 82; columns < 88; columns++) {
            try (Tmux tmux = terminal(columns, ENGLISH)) {
                Tmux.Ended ended = tmux.run(cli("upstream list -o wide"));

                assertThat(ended.lines()).as("%d columns", columns).hasSize(3);
                assertThat(ended.screen()).contains("…");
            }
        }
    }

    @Test
    void messagesAreInTheLanguageOfThePersonAndArgumentsKeepTheirCharacters() throws IOException {
        try (Tmux tmux = terminal(200, CHINESE)) {
            Tmux.Ended missing = tmux.run(cli("upstream show nobody"));
            tmux.run(cli("upstream add c --provider=Simulated --display-name=备用"));
            Tmux.Ended asked = tmux.run(cli("upstream show nobody --lang=en"));
            Tmux.Ended posix = tmux.run("LC_ALL=C " + cli("upstream show nobody"));
            Tmux.Ended data = tmux.run(cli("upstream list -o name"));

            assertThat(missing.exit()).isEqualTo(3);
            assertThat(missing.screen()).contains("找不到 UpstreamAccount nobody");
            assertThat(Files.readString(folder.resolve("account-c.yaml"))).contains("备用");
            assertThat(asked.screen()).contains("was not found");
            assertThat(posix.screen()).contains("was not found");
            assertThat(data.lines()).contains("upstreamaccount.llm-gateway.dev/c");
        }
    }

    /// The spinner keeps to one line however narrow the terminal is, and leaves nothing behind.
    @Test
    void aLongWaitSpinsOnOneLineUntilItIsOver() {
        try (Tmux tmux = terminal(50, ENGLISH)) {
            tmux.start(cli("upstream enable a --wait --timeout=10m"));
            TreeSet<String> frames = new TreeSet<>();
            tmux.await(
                    "three frames",
                    screen -> {
                        screen.lines()
                                .filter(line -> line.matches(FRAMES + " waiting for .*"))
                                .forEach(line -> frames.add(line.substring(0, 1)));
                        return frames.size() >= 3;
                    });
            List<String> waiting = tmux.screen().stripTrailing().lines().toList();
            Tmux.Ended ended;
            try (FolderServer _ = FolderServer.start(program, folder)) {
                ended = tmux.end();
            }

            assertThat(waiting).hasSizeLessThanOrEqualTo(2);
            assertThat(ended.exit()).isZero();
            assertThat(ended.lines()).containsExactly("UpstreamAccount a enabled");
        }
    }

    @Test
    void ctrlCEndsAWaitWith130() {
        try (Tmux tmux = terminal(80, ENGLISH)) {
            tmux.start(cli("upstream enable a --wait --timeout=10m"));
            tmux.await("a spinner", screen -> screen.contains("waiting for"));
            tmux.press("C-c");

            assertThat(tmux.end().exit()).isEqualTo(130);
        }
    }

    @Test
    void aWatchedStatusStaysOnOneScreenUntilCtrlC() {
        try (Tmux tmux = terminal(100, ENGLISH)) {
            tmux.start(cli("status -w"));
            tmux.await("problems", screen -> screen.contains("Problems:"));
            Tmux.Ended ended;
            try (FolderServer _ = FolderServer.start(program, folder)) {
                tmux.await(
                        "a served folder",
                        screen -> screen.contains("local ready") && !screen.contains("Problems:"));
                assertThat(tmux.painted()).contains(GREEN);
                assertThat(tmux.screen().split("Gateway:", -1)).hasSize(2);
                tmux.press("C-c");
                ended = tmux.end();
            }

            assertThat(ended.exit()).isEqualTo(130);
        }
    }

    @Test
    void ctrlCEndsTheServerOfAFolderWith130() {
        try (Tmux tmux = terminal(100, ENGLISH)) {
            tmux.start(cli("server start --port=0"));
            tmux.await("its ports", screen -> screen.contains("listening data="));
            tmux.press("C-c");

            assertThat(tmux.end().exit()).isEqualTo(130);
        }
    }

    @Test
    void aKeyIsTypedWithoutEcho() throws IOException {
        try (Tmux tmux = terminal(100, ENGLISH)) {
            tmux.start(cli("upstream add real --provider=OpenAI -o json > out.json"));
            tmux.await("the question", screen -> screen.contains("API key of real (not shown):"));
            tmux.type(TYPED);
            tmux.press("Enter");
            Tmux.Ended ended = tmux.end();
            Tmux.Ended terminal = tmux.run("stty -a");

            assertThat(ended.exit()).isZero();
            assertThat(ended.screen()).contains("UpstreamAccount real added").doesNotContain("sk-");
            assertThat(Files.readString(folder.resolve("out.json")))
                    .contains("real-api-key")
                    .doesNotContain(TYPED);
            assertThat(Files.readString(folder.resolve("secrets/real-api-key/api-key")))
                    .isEqualToIgnoringNewLines(TYPED);
            assertThat(terminal.screen()).containsPattern("[^-]echo\\b");
        }
    }

    @Test
    void ctrlCAtTheQuestionGivesTheEchoBack() {
        try (Tmux tmux = terminal(100, ENGLISH)) {
            tmux.start(cli("upstream add real --provider=OpenAI"));
            tmux.await("the question", screen -> screen.contains("(not shown):"));
            tmux.press("C-c");
            Tmux.Ended ended = tmux.end();

            assertThat(ended.exit()).isEqualTo(130);
            assertThat(tmux.run("stty -a").screen()).containsPattern("[^-]echo\\b");
        }
    }

    @Test
    void whereNobodyCanBeAskedTheOptionsAreNamed() {
        String add = cli("upstream add real --provider=OpenAI");
        try (Tmux tmux = terminal(200, ENGLISH)) {
            Tmux.Ended silent = tmux.run(add + " < /dev/null");
            Tmux.Ended unseen = tmux.run(add + " 2> errors; cat errors; (exit 7)");
            Tmux.Ended kept = tmux.run(cli("upstream remove a") + " < /dev/null");

            assertThat(silent.exit()).isEqualTo(2);
            assertThat(silent.screen()).contains("--key-stdin");
            assertThat(unseen.screen()).contains("--key-stdin");
            assertThat(kept.exit()).isEqualTo(2);
            assertThat(kept.screen()).contains("--yes");
        }
    }

    @Test
    void whatIsRemovedIsConfirmedInTheLanguageOfThePerson() {
        try (Tmux tmux = terminal(100, CHINESE)) {
            tmux.start(cli("upstream remove a"));
            tmux.await("the question", screen -> screen.contains("删除 UpstreamAccount a"));
            tmux.press("Enter");
            Tmux.Ended kept = tmux.end();
            tmux.start(cli("upstream remove a"));
            tmux.await("the question", screen -> screen.contains("删除 UpstreamAccount a"));
            tmux.type("是");
            tmux.press("Enter");
            Tmux.Ended removed = tmux.end();

            assertThat(kept.exit()).isEqualTo(1);
            assertThat(removed.exit()).as(removed.screen()).isZero();
            assertThat(tmux.run(cli("upstream list -o name")).screen())
                    .contains("/b")
                    .doesNotContain("/a");
        }
    }
}
