package dev.llmgateway.crds.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts that are made to hurt.
class ReadBoundsTest {
    @Test
    void aFileOverFourMebiIsRefused() {
        assertRefused(
                "#".repeat(4 * 1024 * 1024 + 1),
                "f.yaml:1: the file has 4194305 characters; at most 4194304 are read");
        assertThat(ManifestReader.read("f.yaml", "#".repeat(4 * 1024 * 1024)).syntaxError())
                .isFalse();
    }

    @Test
    void moreThanAThousandDocumentsAreRefused() {
        assertThat(ManifestReader.read("f.yaml", "---\n".repeat(1_000)).syntaxError()).isFalse();

        assertRefused("---\n".repeat(1_001), "f.yaml:1001: more than 1000 documents");
    }

    @Test
    void deepNestingIsRefusedBeforeAnythingRecurses() {
        assertThat(ManifestReader.read("f.yaml", "[".repeat(64) + "]".repeat(64)).syntaxError())
                .isFalse();

        assertRefused("[".repeat(65) + "]".repeat(65), "f.yaml:1: nested deeper than 64 levels");
        assertRefused("[".repeat(1_000_000), "f.yaml:1: nested deeper than 64 levels");
        assertRefused("a: {".repeat(65), "f.yaml:1: nested deeper than 64 levels");
    }

    @Test
    void manyAliasesAreRefused() {
        String text = "a: &a [x]\nb:\n" + "- *a\n".repeat(51);

        assertThat(ManifestReader.read("f.yaml", text).syntaxError()).isTrue();
        assertThat(ManifestReader.read("f.yaml", text).problems().getFirst().message())
                .contains("50");
    }

    @Test
    void aFewAliasesThatMultiplyAreRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x]\n");
        for (int i = 1; i <= 16; i++) {
            String below = "*a" + (i - 1);
            bomb.append("a%d: &a%d [%s, %s, %s]\n".formatted(i, i, below, below, below));
        }

        assertRefused(bomb.toString(), "f.yaml:1: aliases expand the document beyond its bounds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"&a [*a]", "&a {b: *a}", "a: &a {b: [*a]}"})
    void anAliasOfItselfIsRefused(String text) {
        assertThat(ManifestReader.read("f.yaml", text).syntaxError()).isTrue();
    }

    /// A bound on a promise, not a measurement: with the library's own buffer a comment of this
    /// size takes ten seconds.
    @ParameterizedTest
    @ValueSource(strings = {"#%s", "a: %s", "a: '%s'", "a: \"%s\"", "a: |\n  %s", "[%s]", "%s: b"})
    void oneVeryLongLineIsReadInReasonableTime(String shape) {
        String text = shape.formatted("x".repeat(4_000_000));

        assertTimeout(
                Duration.ofSeconds(8),
                () -> assertThat(ManifestReader.read("f.yaml", text).problems()).isNotNull());
    }

    @Test
    void controlCharactersAreASyntaxError() {
        assertThat(ManifestReader.read("f.yaml", "a: \u0000").syntaxError()).isTrue();
    }

    @Test
    void noTextEverThrows() {
        long seed = 20261125L;
        Random random = new Random(seed);
        String alphabet = "ab:-{}[],&*!|>'\"#%@ \n\n\t\u00e9~0.x";
        String good = ManifestReaderTest.account("a");

        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder(round % 2 == 0 ? good : "");
            for (int i = 0; i < 1 + random.nextInt(30); i++) {
                char letter = alphabet.charAt(random.nextInt(alphabet.length()));
                text.insert(random.nextInt(text.length() + 1), letter);
            }

            assertThatCode(() -> ManifestReader.read("f.yaml", text.toString()))
                    .as("seed " + seed + " text " + text)
                    .doesNotThrowAnyException();
        }
    }

    private static void assertRefused(String text, String problem) {
        ReadResult result = ManifestReader.read("f.yaml", text);

        assertThat(result.syntaxError()).isTrue();
        assertThat(ReadProblemsTest.texts(result)).containsExactly(problem);
        assertThat(result.manifests()).isEqualTo(ManifestSet.EMPTY);
    }
}
