package dev.llmgateway.crds.manifest;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import dev.llmgateway.crds.manifest.YamlValue.Decimal;
import dev.llmgateway.crds.manifest.YamlValue.Items;
import dev.llmgateway.crds.manifest.YamlValue.Mapping;
import dev.llmgateway.crds.manifest.YamlValue.Nothing;
import dev.llmgateway.crds.manifest.YamlValue.Text;
import dev.llmgateway.crds.manifest.YamlValue.Truth;
import dev.llmgateway.crds.manifest.YamlValue.Whole;
import io.fabric8.generator.annotation.Required;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// YAML values to records, strictly: what a record does not name is a problem, and all problems of
/// a document are found in one go. Absent fields reach the record's constructor as null.
final class RecordBinder {
    private final Problems problems;

    RecordBinder(Problems problems) {
        this.problems = problems;
    }

    /// The record, to be thrown away where problems were added.
    <R extends Record> R record(Mapping value, Class<R> type, String path) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] arguments = new @Nullable Object[components.length];
        if (components.length == 1
                && components[0].getAccessor().isAnnotationPresent(JsonAnyGetter.class)) {
            arguments[0] = bind(value, components[0].getGenericType(), path);
            return construct(type, components, arguments);
        }
        List<String> names = Arrays.stream(components).map(RecordComponent::getName).toList();
        refuseUnknown(value, names, path);
        for (int i = 0; i < components.length; i++) {
            arguments[i] = component(value, components[i], path);
        }
        return construct(type, components, arguments);
    }

    /// One problem for each field that is not among `names`.
    void refuseUnknown(Mapping value, List<String> names, String path) {
        for (String field : value.fields().keySet()) {
            if (!names.contains(field)) {
                String hint =
                        names.isEmpty() ? "; no field is valid here" : Nearest.hint(field, names);
                problems.add(
                        Problems.below(path, field),
                        "unknown field \"" + shortened(field) + "\"" + hint);
            }
        }
    }

    Map<String, String> texts(YamlValue value, String path) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (value instanceof Nothing) {
            return texts;
        }
        if (!(value instanceof Mapping mapping)) {
            wrong(path, "a mapping", value);
            return texts;
        }
        mapping.fields()
                .forEach((key, item) -> {
                    String text = text(item, Problems.below(path, key));
                    if (text != null) {
                        texts.put(key, text);
                    }
                });
        return texts;
    }

    @Nullable String text(YamlValue value, String path) {
        if (value instanceof Text(String text)) {
            return text;
        }
        boolean quotable =
                value instanceof Whole || value instanceof Decimal || value instanceof Truth;
        problems.add(
                path,
                "expected text, found " + value.noun() + (quotable ? "; put it in quotes" : ""));
        return null;
    }

    private @Nullable Object component(Mapping value, RecordComponent component, String path) {
        YamlValue field = value.fields().getOrDefault(component.getName(), new Nothing());
        String below = Problems.below(path, component.getName());
        if (!(field instanceof Nothing)) {
            return bind(field, component.getGenericType(), below);
        }
        if (component.getAccessor().isAnnotationPresent(Required.class)) {
            problems.add(below, "required field is missing");
        }
        return null;
    }

    private @Nullable Object bind(YamlValue value, Type type, String path) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? list(value, generic.getActualTypeArguments()[0], path)
                    : map(value, generic.getActualTypeArguments()[1], path);
        }
        Class<?> target = (Class<?>) type;
        if (target == String.class) {
            return text(value, path);
        }
        if (target == Object.class) {
            return PlainValues.of(value);
        }
        if (target == Boolean.class) {
            return value instanceof Truth(boolean truth)
                    ? (Boolean) truth
                    : wrong(path, "true or false", value);
        }
        return target.isEnum()
                ? constant(value, target, path)
                : target.isRecord()
                        ? nested(value, target.asSubclass(Record.class), path)
                        : number(value, target, path);
    }

    private @Nullable Object nested(YamlValue value, Class<? extends Record> type, String path) {
        return value instanceof Mapping mapping
                ? record(mapping, type, path)
                : wrong(path, "a mapping", value);
    }

    private @Nullable Object number(YamlValue value, Class<?> target, String path) {
        if (!(value instanceof Whole(long number))) {
            return wrong(path, "a whole number", value);
        }
        if (target == Long.class) {
            return number;
        }
        if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) {
            problems.add(path, "the number is out of range");
            return null;
        }
        return (int) number;
    }

    private @Nullable Object constant(YamlValue value, Class<?> target, String path) {
        String text = text(value, path);
        if (text == null) {
            return null;
        }
        List<String> valid = new ArrayList<>();
        for (Object constant : target.getEnumConstants()) {
            if (constant.toString().equals(text)) {
                return constant;
            }
            valid.add(constant.toString());
        }
        String near =
                Nearest.of(text, valid)
                        .map(name -> "; did you mean \"" + name + "\"? Valid: ")
                        .orElse("; valid: ");
        problems.add(
                path,
                "unknown value \"" + shortened(text) + "\"" + near + String.join(", ", valid));
        return null;
    }

    private @Nullable Object list(YamlValue value, Type item, String path) {
        if (!(value instanceof Items(List<YamlValue> values))) {
            return wrong(path, "a list", value);
        }
        List<Object> bound = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Object element = bind(values.get(i), item, path + "[" + i + "]");
            if (element != null) {
                bound.add(element);
            }
        }
        return bound;
    }

    private @Nullable Object map(YamlValue value, Type item, String path) {
        if (!(value instanceof Mapping mapping)) {
            return wrong(path, "a mapping", value);
        }
        Map<String, @Nullable Object> bound = new LinkedHashMap<>();
        mapping.fields()
                .forEach((key, field) ->
                        bound.put(key, bind(field, item, Problems.below(path, key))));
        return bound;
    }

    private @Nullable Object wrong(String path, String expected, YamlValue found) {
        problems.add(path, "expected " + expected + ", found " + found.noun());
        return null;
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private static <R extends Record> R construct(
            Class<R> type, RecordComponent[] components, @Nullable Object[] arguments) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true); // a record may be private to its room
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("record " + type.getName() + " must not throw", e);
        }
    }
}
