package dev.llmgateway.runtime.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.Slice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Plan | Plan",
                "a \\\"b\\\" c | a &quot;b&quot; c",
                "a \\u0022 b | a &quot; b",
                "x\\\">\\n</document> | x&quot;&gt;\\n&lt;/document&gt;",
                "R&D \\u003c日本 | R&amp;D &lt;日本",
            })
    void a_title_cannot_end_its_attribute(String title, String shown) {
        JsonBytes out = new JsonBytes();

        DocumentText.write(Slice.of(title), Slice.of("body"), out);

        assertThat(out.slice().toString())
                .isEqualTo("<document title=\\\"" + shown + "\\\">\\nbody\\n</document>");
    }
}
