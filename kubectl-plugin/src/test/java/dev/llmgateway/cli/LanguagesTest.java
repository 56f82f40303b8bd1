package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

class LanguagesTest {
    private static final Path MODULE = Repository.root().resolve("kubectl-plugin/src/main");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");

    private final Properties english = read("messages.properties");
    private final Properties chinese = read("messages_zh.properties");

    @Test
    void everyMessageIsTranslatedWithTheSameArguments() {
        for (String key : english.stringPropertyNames()) {
            assertThat(chinese.getProperty(key, "")).as(key).isNotEmpty();
            assertThat(placeholders(chinese.getProperty(key)))
                    .as(key)
                    .isEqualTo(placeholders(english.getProperty(key)));
        }
        Set<String> more = new TreeSet<>(chinese.stringPropertyNames());
        more.removeAll(english.stringPropertyNames());
        assertThat(more).allMatch(key -> key.startsWith("help."));
    }

    @Test
    void everyVerbAndOptionIsTranslated() {
        Set<String> missing = new TreeSet<>();
        collect(HelpTest.all("en"), missing);

        assertThat(missing).isEmpty();
    }

    private void collect(CommandLine line, Set<String> missing) {
        String verb = HelpTexts.key(line.getCommandSpec(), "llm-gateway");
        if (!chinese.containsKey(verb)) {
            missing.add(verb);
        }
        for (ArgSpec argument : line.getCommandSpec().args()) {
            String name = HelpTexts.name(argument);
            if (!chinese.containsKey(verb + "." + name)
                    && !chinese.containsKey("help.option." + name)) {
                missing.add(verb + "." + name);
            }
        }
        line.getSubcommands().values().forEach(each -> collect(each, missing));
    }

    @Test
    void noMessageIsLeftOver() {
        String sources = sources();

        assertThat(english.stringPropertyNames())
                .allMatch(key -> sources.contains('"' + key + '"'));
    }

    @Test
    void everyMessageThatTheProgramNamesExists() {
        Matcher named =
                Pattern.compile(
                                "(?:new Failure\\(\\s*ExitCode\\.[A-Z_]+,|(?:session|messages)\\s*\\.(?:say|warn|text)\\()\\s*\"([A-Za-z.]+)\"|\"(label\\.[A-Za-z]+)\"")
                        .matcher(sources());
        Set<String> unknown = new TreeSet<>();
        int seen = 0;
        while (named.find()) {
            seen++;
            String key = named.group(1) == null ? named.group(2) : named.group(1);
            if (!english.containsKey(key)) {
                unknown.add(key);
            }
        }

        assertThat(seen).isGreaterThan(60);
        assertThat(unknown).allMatch(key -> key.startsWith("help."));
    }

    private static Set<String> placeholders(String text) {
        Set<String> found = new TreeSet<>();
        PLACEHOLDER.matcher(text).results().forEach(match -> found.add(match.group()));
        return found;
    }

    private static Properties read(String file) {
        Properties properties = new Properties();
        Path path = MODULE.resolve("resources/dev/llmgateway/cli/print").resolve(file);
        try (var reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private static String sources() {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(MODULE.resolve("java"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString();
    }
}
