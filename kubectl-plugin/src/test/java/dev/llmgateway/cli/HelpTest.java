package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cli.cluster.EarlyCall;
import dev.llmgateway.cli.verb.Surroundings;
import dev.llmgateway.cli.verb.Surroundings.Terminal;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {
    private static final int WIDEST_EXAMPLE = 100;

    static Stream<String> verbs() {
        return leaves(all("en")).stream().map(HelpTest::words);
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void everyVerbHasTwoExamplesThatThisProgramUnderstands(String words) {
        Cli.Ended ended = Cli.bare().run((words + " --help").strip().split(" "));

        assertThat(ended.code()).isZero();
        List<String> examples = examples(ended.out());
        assertThat(examples)
                .hasSize(2)
                .allSatisfy(example -> {
                    assertThat(example).contains("llm-gateway").contains(words.replace("-- ", ""));
                });
        assertThat(ended.out().lines()).allMatch(line -> line.length() <= WIDEST_EXAMPLE);
    }

    @Test
    void whatTheRootSaysOfAVerbIsWhatTheVerbSaysOfItself() {
        for (CommandLine verb : withGroups(all("en"))) {
            CommandLine unnamed = Objects.requireNonNull(stub(verb));

            assertThat(verb.getCommandSpec().usageMessage().description()[0])
                    .as(verb.getCommandSpec().qualifiedName())
                    .startsWith(unnamed.getCommandSpec().usageMessage().description()[0]);
        }
    }

    @Test
    void helpIsShownInTheLanguageOfThePerson() {
        String chinese = Cli.bare().with("LC_ALL", "zh_CN.UTF-8").ok("upstream", "add", "--help");

        assertThat(Cli.bare().ok("--help")).contains("  -n, --namespace=NAME");
        assertThat(chinese).contains("示例").contains("提供商").doesNotContain("Name of the account");
        assertThat(Cli.bare().ok("--lang=zh", "--help")).contains("命名空间");
    }

    @Test
    void anUnknownVerbOrNoneIsWrongUse() {
        assertThat(Cli.bare().run("frobnicate"))
                .satisfies(ended -> assertThat(ended.code()).isEqualTo(2))
                .satisfies(
                        ended -> assertThat(ended.err()).contains("frobnicate").contains("--help"));
        assertThat(Cli.bare().run().code()).isEqualTo(2);
        assertThat(Cli.bare().run("upstream").code()).isEqualTo(2);
    }

    /// Every verb of every group, loaded.
    static CommandLine all(String language) {
        return program(language).commandLine(Verbs.words());
    }

    private static Program program(String language) {
        Surroundings surroundings =
                new Surroundings(
                        Map.of("LANG", language),
                        InputStream.nullInputStream(),
                        Terminal.NONE,
                        InstantSource.system(),
                        () -> new Random(1),
                        "",
                        EarlyCall.NONE);
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return new Program(surroundings, nowhere, nowhere, "llm-gateway");
    }

    static List<CommandLine> leaves(CommandLine line) {
        return withGroups(line).stream().filter(verb -> verb.getSubcommands().isEmpty()).toList();
    }

    private static List<CommandLine> withGroups(CommandLine line) {
        List<CommandLine> all = new ArrayList<>();
        for (CommandLine verb : line.getSubcommands().values()) {
            all.add(verb);
            all.addAll(withGroups(verb));
        }
        return all;
    }

    /// What the help of the verb above shows of it.
    private static @Nullable CommandLine stub(CommandLine verb) {
        CommandLine above = verb.getParent();
        Set<String> named =
                above.getParent() == null
                        ? Set.of("--help")
                        : Set.of(above.getCommandName(), "--help");
        CommandLine root = program("en").commandLine(named);
        CommandLine there =
                above.getParent() == null
                        ? root
                        : root.getSubcommands().get(above.getCommandName());
        return there == null ? null : there.getSubcommands().get(verb.getCommandName());
    }

    private static String words(CommandLine verb) {
        return verb.getCommandSpec().qualifiedName().substring("llm-gateway ".length());
    }

    private static List<String> examples(String help) {
        String after =
                help.substring(help.indexOf("Examples:") + "Examples:\n".length())
                        .replace("\\\n", "\\ ");
        return after.lines().filter(line -> !line.isBlank()).toList();
    }
}
