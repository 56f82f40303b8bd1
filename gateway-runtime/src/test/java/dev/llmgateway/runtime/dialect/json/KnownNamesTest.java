package dev.llmgateway.runtime.dialect.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.model.Slice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownNamesTest {
    @ParameterizedTest
    @CsvSource({
        "role, role",
        "Role, Role",
        "rol, rol",
        "r\\u006fle, role",
        "'', ''",
        "a\\nname, 'a\nname'",
        "日本, 日本",
        "a name that is longer than any which a format knows, "
                + "a name that is longer than any which a format knows",
    })
    void any_text_is_read(String escaped, String text) {
        assertThat(KnownNames.of(Slice.of(escaped))).isEqualTo(text);
    }

    @Test
    void names_and_kinds_of_the_formats_are_the_same_strings_each_time() {
        for (String name :
                List.of("messages", "tool_calls", "content_block_delta", "text_delta", "$defs")) {
            assertThat(KnownNames.of(Slice.of(name))).isSameAs(KnownNames.of(Slice.of(name)));
        }
    }

    @Test
    void texts_that_fall_on_the_same_place_stay_apart() {
        for (int i = 0; i < 20_000; i++) {
            String name = "n" + Integer.toString(i, 36);
            assertThat(KnownNames.of(Slice.of(name))).isEqualTo(name);
        }
    }
}
