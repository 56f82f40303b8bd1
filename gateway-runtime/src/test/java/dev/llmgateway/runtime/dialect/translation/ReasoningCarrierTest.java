package dev.llmgateway.runtime.dialect.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.Slice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReasoningCarrierTest {
    private static String sealed(String account) {
        JsonBytes out = new JsonBytes();
        Origin origin = new Origin(account, "m");
        List<Slice> values = List.of(Slice.of("\"rs_1\""), Slice.of("\"E\""));
        ReasoningCarrier.write(ReasoningCarrier.REASONING, origin, values, out);
        return out.slice().toString();
    }

    private static String last(String body) {
        // Of a larger array, as bodies on the heap are.
        Slice larger = Slice.of("xx" + body + "\"gwO1.AAAAAAAAAAAAAAAAAAAA");
        return ReasoningCarrier.lastAccount(
                ReasoningCarrier.REASONING, larger.part(2, 2 + body.length()));
    }

    @Test
    void the_last_account_is_the_one_that_counts() {
        String body = "[\"%s\",\"%s\",\"x\"]".formatted(sealed("0123abcd"), sealed("fedc9876"));

        assertThat(last(body)).isEqualTo("fedc9876");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"gwO1.",
                "{\"a\":\"no carrier at all, however long the text may be\"}",
                "[\"gwO1.!!!!!!!!!!!!!!!!!!!!!!!!!!!!\"]",
                "[\"gwO1.AAAAAAAAAAAAAAAAAAAAAAAAAAAA\"]",
                "[\"gwA1.WyIwMTIzYWJjZCIsIm0iLFtdXQ\"]"
            })
    void what_makes_no_sense_names_nobody(String body) {
        assertThat(last(body)).isEmpty();
    }
}
