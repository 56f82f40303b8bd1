package dev.llmgateway.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContractRecordsTest {
    @Test
    void everyFieldSaysWhatItIsAndWhatHoldsWhenItIsAbsent() {
        List<String> poor = new ArrayList<>();

        for (Class<?> type : RecordsOfTheContract.all()) {
            for (RecordComponent component : type.getRecordComponents()) {
                String text = description(component);
                boolean says = text.contains("Default: ") || text.contains("Required");
                if (!says || !text.endsWith(".")) {
                    poor.add(type.getSimpleName() + "." + component.getName() + ": " + text);
                }
            }
        }

        assertThat(RecordsOfTheContract.all()).hasSizeGreaterThan(65);
        assertThat(poor).isEmpty();
    }

    @Test
    void theDefaultOfTheSchemaIsTheDefaultOfTheTextAndOfTheRecord() throws Exception {
        List<String> wrong = new ArrayList<>();
        int compared = 0;

        for (Class<?> type : RecordsOfTheContract.all()) {
            Object absent = withoutAnything(type);
            for (RecordComponent component : type.getRecordComponents()) {
                Default schema = component.getAccessor().getAnnotation(Default.class);
                if (schema == null || schema.value().equals("{}")) {
                    continue;
                }
                compared++;
                String expected = schema.value().replace("\"", "");
                Object filled = component.getAccessor().invoke(absent);
                if (!expected.equals(String.valueOf(filled))
                        || !description(component).contains("Default: " + expected)) {
                    wrong.add(type.getSimpleName() + "." + component.getName() + " = " + filled);
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(compared).isGreaterThan(45);
    }

    @Test
    void whatHasADefaultIsNeverNull() throws Exception {
        List<String> nulls = new ArrayList<>();

        for (Class<?> type : RecordsOfTheContract.all()) {
            Object absent = withoutAnything(type);
            for (RecordComponent component : type.getRecordComponents()) {
                boolean filled =
                        component.getAccessor().isAnnotationPresent(Default.class)
                                || component.getType() == List.class
                                || component.getType() == Map.class;
                if (filled && component.getAccessor().invoke(absent) == null) {
                    nulls.add(type.getSimpleName() + "." + component.getName());
                }
            }
        }

        assertThat(nulls).isEmpty();
    }

    @Test
    void aRequiredFieldHasNoDefault() {
        for (Class<?> type : RecordsOfTheContract.all()) {
            for (RecordComponent component : type.getRecordComponents()) {
                if (component.getAccessor().isAnnotationPresent(Required.class)) {
                    assertThat(component.getAccessor().isAnnotationPresent(Default.class))
                            .as(type.getSimpleName() + "." + component.getName())
                            .isFalse();
                }
            }
        }
    }

    /// In a spec they stay: without its unknown words a list of permissions could become empty.
    @Test
    void listsAreCopiedAndOnlyAStatusLosesItsNulls() throws Exception {
        int lists = 0;

        for (Class<?> type : RecordsOfTheContract.all()) {
            RecordComponent[] components = type.getRecordComponents();
            for (int i = 0; i < components.length; i++) {
                if (components[i].getType() == List.class) {
                    List<Object> given = new ArrayList<>();
                    given.add(null);
                    Object[] arguments = new Object[components.length];
                    arguments[i] = given;

                    Object record = constructor(type).newInstance(arguments);

                    assertThat(components[i].getAccessor().invoke(record))
                            .as(type.getSimpleName() + "." + components[i].getName())
                            .isEqualTo(type.getName().contains(".api.") ? given : List.of())
                            .isNotSameAs(given);
                    lists++;
                }
            }
        }

        assertThat(lists).isGreaterThan(25);
    }

    private static String description(RecordComponent component) {
        JsonPropertyDescription text =
                component.getAccessor().getAnnotation(JsonPropertyDescription.class);
        return text == null ? "" : text.value();
    }

    private static Object withoutAnything(Class<?> type) throws ReflectiveOperationException {
        return constructor(type).newInstance(new Object[type.getRecordComponents().length]);
    }

    private static Constructor<?> constructor(Class<?> type) throws NoSuchMethodException {
        Constructor<?> canonical =
                type.getDeclaredConstructor(
                        Arrays.stream(type.getRecordComponents())
                                .map(RecordComponent::getType)
                                .toArray(Class<?>[]::new));
        canonical.setAccessible(true);
        return canonical;
    }
}
