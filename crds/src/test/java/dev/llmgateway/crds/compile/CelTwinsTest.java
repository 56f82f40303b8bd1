package dev.llmgateway.crds.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.RecordsOfTheContract;
import io.fabric8.generator.annotation.ValidationRule;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the API server refuses by CEL, a folder refuses too, at the same place and in the same
/// words.
class CelTwinsTest {
    @Test
    void everyCelRuleButTransitionsHasItsTwin() {
        Set<String> declared = new TreeSet<>();
        for (Class<?> record : RecordsOfTheContract.all()) {
            rules(record).forEach(rule -> declared.add(place(record, "", rule.message())));
            for (RecordComponent component : record.getRecordComponents()) {
                rules(component.getAccessor())
                        .forEach(rule ->
                                declared.add(place(record, component.getName(), rule.message())));
            }
        }

        Set<String> twins = new TreeSet<>();
        CelTwins.ALL.forEach(twin -> twins.add(place(twin.type(), twin.field(), twin.message())));

        assertThat(declared).hasSizeGreaterThan(15);
        assertThat(twins).isEqualTo(declared);
    }

    private static List<ValidationRule> rules(AnnotatedElement declaration) {
        return Stream.of(declaration.getAnnotationsByType(ValidationRule.class))
                .filter(rule -> !rule.value().contains("oldSelf"))
                .toList();
    }

    private static String place(Class<?> record, String field, String message) {
        return record.getName() + "#" + field + ": " + message;
    }
}
