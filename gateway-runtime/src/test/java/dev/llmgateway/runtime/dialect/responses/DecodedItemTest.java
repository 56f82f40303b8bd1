package dev.llmgateway.runtime.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.model.Slice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodedItemTest {
    @ParameterizedTest
    @CsvSource({
        "'', abc, abc",
        "ab, abcd, cd",
        "ab, ab, ''",
        "abc, ab, ''",
        // Something else was told: its rest would make no sense behind it.
        "ax, abcd, ''"
    })
    void of_a_whole_text_what_was_not_told_is_missing(String told, String whole, String missing) {
        DecodedItem item = new DecodedItem();
        item.begin(0, 0);
        for (int i = 0; i < told.length(); i++) {
            item.told(Slice.of(told.substring(i, i + 1)));
        }

        assertThat(item.missing(Slice.of(whole)).toString()).isEqualTo(missing);
    }

    @Test
    void each_of_an_items_texts_is_told_anew() {
        DecodedItem item = new DecodedItem();
        item.begin(0, 0);
        item.told(Slice.of("first"));

        item.begin(1, 1);
        item.told(Slice.of("x"));

        assertThat(item.missing(Slice.of("xyz")).toString()).isEqualTo("yz");
    }
}
