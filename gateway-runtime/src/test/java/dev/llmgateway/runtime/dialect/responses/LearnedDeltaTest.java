package dev.llmgateway.runtime.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.model.Slice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LearnedDeltaTest {
    private static final String FIRST = "{'n':7,'d':'Hi','l':[],'o':'xyz'}";
    private static final String LAST = "{'d':'Hi','o':'xyz','n':7}";

    private final LearnedDelta learned = new LearnedDelta();

    private void learn(String data) {
        Slice whole = slice(data);
        learned.learn(whole, at(whole, "7"), at(whole, "Hi"), at(whole, "xyz"));
    }

    private static Slice slice(String data) {
        return Slice.of(data.replace('\'', '"'));
    }

    private static Slice at(Slice whole, String text) {
        int from = whole.toString().indexOf(text);
        return from < 0 ? Slice.EMPTY : whole.part(from, from + text.length());
    }

    private String match(String data) {
        byte[] bytes = data.replace('\'', '"').getBytes(UTF_8);
        Slice text = learned.match(bytes, 0, bytes.length);
        return text == null ? "none" : text.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'n':7,'d':'Hi','l':[],'o':'xyz'} | Hi",
                "{'n':8,'d':'there \\n','l':[],'o':''} | there \\n",
                "{'n':123456,'d':'','l':[],'o':'a'} | ~~",
                "{'n':0,'d':'日','l':[],'o':'a'} | 日",
            })
    void what_differs_in_number_text_and_noise_only_is_known(String data, String text) {
        learn(FIRST);

        assertThat(match(data)).isEqualTo(text == null ? "" : text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'n':7,'d':'Hi','l':[],'o':'xyz','more':1}",
                "{'n':7,'d':'Hi','l':[],'o':'xyz'}}",
                "{'n':7,'d':'Hi','l':[],'o':'xyz'",
                "{'n':7,'d':'Hi','l':[1],'o':'xyz'}",
                "{'n':07,'d':'Hi','l':[],'o':'xyz'}",
                "{'n':-7,'d':'Hi','l':[],'o':'xyz'}",
                "{'n':,'d':'Hi','l':[],'o':'xyz'}",
                "{'n':7.5,'d':'Hi','l':[],'o':'xyz'}",
                "{'m':7,'d':'Hi','l':[],'o':'xyz'}",
                "{'n':7,'d':'H\\x','l':[],'o':'xyz'}",
                "{'n':7,'d':'Hi','l':[],'o':'x\ny'}",
                ""
            })
    void anything_else_has_to_be_parsed(String data) {
        learn(FIRST);

        assertThat(match(data)).isEqualTo("none");
    }

    @Test
    void the_number_may_come_last() {
        learn(LAST);

        assertThat(match("{'d':'a','o':'b','n':99}")).isEqualTo("a");
        assertThat(match("{'d':'a','o':'b','n':99 }")).isEqualTo("none");
    }

    @Test
    void a_delta_without_number_and_noise_is_learned_too() {
        learn("{'d':'Hi'}");

        assertThat(match("{'d':'you'}")).isEqualTo("you");
    }

    @Test
    void what_is_forgotten_is_not_known() {
        learn(FIRST);

        learned.forget();

        assertThat(match(FIRST)).isEqualTo("none");
    }
}
