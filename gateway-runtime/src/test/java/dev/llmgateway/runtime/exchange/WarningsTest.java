package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WarningsTest {
    @Test
    void losses_stand_in_the_order_they_were_found() {
        assertThat(Warnings.header(List.of("seed=not supported", "top_k=not supported")))
                .isEqualTo("seed=not supported; top_k=not supported");
    }

    @Test
    void what_could_end_a_header_line_is_masked() {
        assertThat(Warnings.header(List.of("a\r\nb=\u0007é"))).isEqualTo("a??b=??");
    }

    @Test
    void too_many_are_cut_between_two() {
        List<String> many = IntStream.range(0, 200).mapToObj(i -> "field" + i + "=lost").toList();

        String line = Warnings.header(many);

        assertThat(line.length()).isBetween(900, 1_024);
        assertThat(line).endsWith("=lost; ...");
    }

    @Test
    void one_that_is_too_long_alone_is_only_hinted_at() {
        assertThat(Warnings.header(List.of("x".repeat(2_000)))).isEqualTo("...");
    }
}
