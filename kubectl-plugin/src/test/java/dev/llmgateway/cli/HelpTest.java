package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cli.verb.Surroundings;
import dev.llmgateway.cli.verb.Surroundings.Terminal;
import dev.llmgateway.cli.verb.Verb;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        for (Verbs.Entry entry : Verbs.ALL) {
            CommandLine real = Objects.requireNonNull(all("en").getSubcommands().get(entry.verb()));

            assertThat(real.getCommandSpec().usageMessage().description()[0])
                    .as(entry.verb())
                    .startsWith(entry.description());
        }
    }

    @Test
    void helpIsShownInTheLanguageOfThePerson() {
        String chinese = Cli.bare().with("LC_ALL", "zh_CN.UTF-8").ok("upstream", "add", "--help");

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
        Surroundings surroundings =
                new Surroundings(
                        Map.of("LANG", language),
                        InputStream.nullInputStream(),
                        Terminal.NONE,
                        InstantSource.system(),
                        new Random(1),
                        "");
        Set<String> every = Verbs.ALL.stream().map(Verbs.Entry::verb).collect(Collectors.toSet());
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return new Program(surroundings, nowhere, nowhere, "llm-gateway").commandLine(every);
    }

    static List<CommandLine> leaves(CommandLine line) {
        List<CommandLine> leaves = new ArrayList<>();
        for (CommandLine verb : line.getSubcommands().values()) {
            if (verb.getCommand() instanceof Verb) {
                leaves.add(verb);
            }
            leaves.addAll(leaves(verb));
        }
        return leaves;
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
