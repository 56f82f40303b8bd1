package dev.llmgateway.runtime.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the documentation says of each field is what happens to it: the rows are those of
/// docs/translation.md.
class FieldTableTest {
    static List<FieldRow> rows() {
        return FieldRow.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_field_fares_as_its_row_says(FieldRow row) {
        if (row.action() == FieldRow.Action.refused) {
            Refusal refusal = catchThrowableOfType(Refusal.class, () -> cross(row, false));
            assertThat(refusal).isNotNull();
            assertThat(refusal.error().param()).isEqualTo(row.expected().getFirst());
            return;
        }

        Crossing crossing = cross(row, false);

        switch (row.action()) {
            case warned -> {
                assertThat(crossing.notes())
                        .singleElement()
                        .asString()
                        .startsWith(row.expected().getFirst() + "=");
                checkPointers(row.expected().subList(1, row.expected().size()), crossing);
            }
            case dropped -> {
                assertThat(crossing.notes()).isEmpty();
                assertThat(row.body()).contains(row.expected());
                assertThat(crossing.body()).doesNotContain(row.expected());
            }
            case carried, mapped -> {
                assertThat(crossing.notes()).isEmpty();
                checkPointers(row.expected(), crossing);
            }
            case refused -> throw new AssertionError("see above");
        }
    }

    static List<FieldRow> warned() {
        return rows().stream().filter(row -> row.action() == FieldRow.Action.warned).toList();
    }

    @ParameterizedTest
    @MethodSource("warned")
    void what_is_named_is_refused_in_strict_mode(FieldRow row) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> cross(row, true));

        assertThat(refusal).isNotNull();
        assertThat(refusal.error().param()).isEqualTo(row.expected().getFirst());
    }

    @Test
    void the_table_is_whole() {
        assertThat(rows()).hasSizeGreaterThan(140);
        assertThat(rows()).extracting(FieldRow::toString).doesNotHaveDuplicates();
    }

    private static Crossing cross(FieldRow row, boolean strict) {
        return Crossing.of(row.from(), row.to(), row.body(), strict);
    }

    /// Values equal as JSON; `!`: there is none.
    private static void checkPointers(List<String> expected, Crossing crossing) {
        JsonNode sent = FieldRow.tree(crossing.body());
        for (String each : expected) {
            int equals = each.indexOf('=');
            JsonNode there = sent.at(each.substring(0, equals));
            String value = each.substring(equals + 1);
            if (value.equals("!")) {
                assertThat(there.isMissingNode()).as("%s in %s", each, sent).isTrue();
            } else {
                assertThat(there).as("%s in %s", each, sent).isEqualTo(FieldRow.json(value));
            }
        }
    }
}
