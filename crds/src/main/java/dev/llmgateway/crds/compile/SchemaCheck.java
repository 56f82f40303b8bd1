package dev.llmgateway.crds.compile;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Holds a spec against the schema its records declare: the same annotations become the CRD, so a
/// folder and a cluster refuse the same objects.
final class SchemaCheck {
    private static final List<SchemaRule<?>> RULES =
            Stream.concat(CelTwins.ALL.stream(), FurtherRules.ALL.stream()).toList();

    private final Findings findings;

    private SchemaCheck(Findings findings) {
        this.findings = findings;
    }

    static void check(Record spec, Findings findings) {
        new SchemaCheck(findings).record("spec", spec);
    }

    private void record(String path, Record record) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            component(path + "." + component.getName(), component, record);
        }
        for (SchemaRule<?> rule : RULES) {
            if (rule.brokenBy(record)) {
                findings.unsupported(rule.path(path), rule.message());
            }
        }
    }

    private void component(String path, RecordComponent component, Record owner) {
        Object value = Records.read(component, owner);
        if (value != null && isGiven(value, component)) {
            value(path, value, component.getAccessor(), component.getAnnotatedType());
        } else if (component.getAccessor().isAnnotationPresent(Required.class)) {
            findings.unsupported(path, "is required");
        }
    }

    /// The records turn an absent list into an empty one; where a default exists, an empty list is
    /// somebody's choice.
    private static boolean isGiven(Object value, RecordComponent component) {
        return !List.of().equals(value)
                || component.getAccessor().isAnnotationPresent(Default.class);
    }

    private void value(
            String path, Object value, AnnotatedElement declaration, AnnotatedType type) {
        SchemaBounds.of(declaration).problems(value).forEach(problem -> unsupported(path, problem));
        switch (value) {
            case Record record -> record(path, record);
            case List<?> list -> list(path, list, typeArgument(type, 0));
            case Map<?, ?> map -> map(path, map, typeArgument(type, 1));
            default -> {}
        }
    }

    private void list(String path, List<?> list, Optional<AnnotatedType> element) {
        Set<Object> names = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String here = path + "[" + i + "]";
            entry(here, list.get(i), element);
            Optional<Object> name = mapKey(list.get(i));
            if (name.isPresent() && !names.add(name.get())) {
                unsupported(here, "another entry of this list has the same name");
            }
        }
    }

    private void map(String path, Map<?, ?> map, Optional<AnnotatedType> element) {
        map.forEach((key, value) -> entry(path + "[" + key + "]", value, element));
    }

    private void entry(String path, @Nullable Object value, Optional<AnnotatedType> type) {
        if (value == null) {
            unsupported(path, "holds no known value");
        } else if (type.isPresent()) {
            value(path, value, type.get(), type.get());
        }
    }

    /// What the API server keys the list by (`x-kubernetes-list-type: map`); empty: a plain list.
    private static Optional<Object> mapKey(@Nullable Object element) {
        if (!(element instanceof Record record)) {
            return Optional.empty();
        }
        return Stream.of("name", "profile")
                .flatMap(key -> Records.component(record.getClass(), key).stream())
                .findFirst()
                .map(component -> Records.read(component, record));
    }

    private static Optional<AnnotatedType> typeArgument(AnnotatedType type, int position) {
        return type instanceof AnnotatedParameterizedType generic
                ? Optional.of(generic.getAnnotatedActualTypeArguments()[position])
                : Optional.empty();
    }

    private void unsupported(String path, String message) {
        findings.unsupported(path, message);
    }

    static int size(Object value) {
        return switch (value) {
            case String text -> text.codePointCount(0, text.length());
            case Collection<?> collection -> collection.size();
            case Map<?, ?> map -> map.size();
            default -> 0;
        };
    }
}
