package dev.llmgateway.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.telemetry.Exposition;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsPageTest {
    /// A sample of the Prometheus text format.
    private static final Pattern SAMPLE =
            Pattern.compile(
                    "[a-zA-Z_:][a-zA-Z0-9_:]*(\\{([a-z_]+=\"([^\"\\\\\\n]|\\\\[\\\\\"n])*\",?)*})? [0-9.]+");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "a\"} 1\nx_injected 1",
                "a\\",
                "a\\\"",
                "a\nb",
                "\u2028\u202e\u560a",
                "{}=,"
            })
    void a_label_cannot_end_its_sample(String value) {
        Exposition page = new Exposition();
        page.sample("a_total", Exposition.label("pool", value), 1);

        assertThat(page.text().lines()).hasSize(1).allMatch(SAMPLE.asMatchPredicate());
    }
}
