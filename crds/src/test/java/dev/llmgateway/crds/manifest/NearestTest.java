package dev.llmgateway.crds.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource({
        "provider, provider, 0",
        "Provider, provider, 0",
        "providr, provider, 1",
        "provdier, provider, 1",
        "prvidr, provider, 2",
        "weigth, weight, 1",
        "abc, abcdef, 3",
        "kitten, sitting, 3"
    })
    void editsCountSwapsOnce(String one, String other, int edits) {
        assertThat(Nearest.edits(one, other)).isEqualTo(edits);
        assertThat(Nearest.edits(other, one)).isEqualTo(edits);
    }

    @Test
    void theClosestNameWinsAndFarOnesAreListed() {
        List<String> valid = List.of("max", "base", "case");

        assertThat(Nearest.hint("bas", valid)).isEqualTo("; did you mean \"base\"?");
        assertThat(Nearest.hint("cse", valid)).isEqualTo("; did you mean \"case\"?");
        assertThat(Nearest.hint("zzzzzz", valid)).isEqualTo("; valid: max, base, case");
    }
}
