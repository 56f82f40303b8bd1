package dev.llmgateway.runtime.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each case of translation.md 6 has a test that bears its number: `case_NN_what_is_expected`.
class EdgeCaseCoverageTest {
    private static final Pattern NUMBERS = Pattern.compile("void ((?:case_\\d+_)+)\\w+\\(");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private static Stream<Integer> wanted() {
        return IntStream.rangeClosed(1, 52).boxed();
    }

    @Test
    void every_case_has_its_test() throws IOException {
        Set<Integer> tested = new TreeSet<>();

        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher names = NUMBERS.matcher(Files.readString(file));
                while (names.find()) {
                    NUMBER.matcher(names.group(1))
                            .results()
                            .forEach(number -> tested.add(Integer.valueOf(number.group())));
                }
            }
        }

        assertThat(tested).containsAll(wanted().toList());
    }
}
