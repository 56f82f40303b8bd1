package dev.llmgateway.crds.schema;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.llmgateway.crds.api.DurationText;
import dev.llmgateway.crds.api.HttpUrl;
import dev.llmgateway.crds.api.ModelRoute;
import dev.llmgateway.crds.api.Selector;
import dev.llmgateway.crds.resource.GatewayKeyStatus;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Completes the schema of one field, and of all fields below it, by the Java type it was made
/// from.
final class CompleteField {
    /// Elements that have no key: a pool may stand twice among targets; two digests may begin
    /// alike, and budgets of several owners may bear one name.
    private static final Set<Class<?>> KEYLESS =
            Set.of(
                    ModelRoute.Target.class,
                    Selector.Requirement.class,
                    GatewayKeyStatus.Hash.class,
                    GatewayKeyStatus.BudgetState.class);

    /// What lists are keyed by, in order of preference.
    private static final List<String> KEYS = List.of("name", "profile", "type", "pod");

    private static final long MOST_MAP_ENTRIES = 64;

    private CompleteField() {}

    static void complete(JSONSchemaProps schema, Type type) {
        schema.setXKubernetesValidations(rules(schema));
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                list(schema, (Class<?>) arguments[0]);
            } else {
                map(schema);
            }
        } else if (type instanceof Class<?> plain) {
            single(schema, plain);
        }
    }

    private static void single(JSONSchemaProps schema, Class<?> type) {
        if (type.isRecord()) {
            record(schema, type);
        } else if (type == Long.class) {
            schema.setFormat("int64");
        } else if (type == Integer.class) { // a number that Java cannot hold must not get in
            schema.setFormat("int32");
            schema.setMaximum(
                    Objects.requireNonNullElse(schema.getMaximum(), (double) Integer.MAX_VALUE));
        } else if (type == String.class && promisesATime(schema)) {
            schema.setFormat("date-time");
        }
    }

    private static boolean promisesATime(JSONSchemaProps schema) {
        return schema.getDescription() != null && schema.getDescription().contains("RFC 3339");
    }

    private static void record(JSONSchemaProps schema, Class<?> record) {
        for (RecordComponent component : record.getRecordComponents()) {
            if (!component.getAccessor().isAnnotationPresent(JsonAnyGetter.class)) {
                complete(property(schema, name(component)), component.getGenericType());
            }
        }
    }

    static JSONSchemaProps property(JSONSchemaProps schema, String name) {
        return Objects.requireNonNull(schema.getProperties().get(name), name);
    }

    private static String name(RecordComponent component) {
        JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null ? component.getName() : renamed.value();
    }

    private static void list(JSONSchemaProps list, Class<?> element) {
        list.setXKubernetesPreserveUnknownFields(null); // that is for its elements to say
        complete(list.getItems().getSchema(), element);
        Optional<String> key = KEYLESS.contains(element) ? Optional.empty() : key(element);
        list.setXKubernetesListType(key.isPresent() ? "map" : "atomic");
        key.ifPresent(name -> list.setXKubernetesListMapKeys(List.of(name)));
    }

    private static Optional<String> key(Class<?> element) {
        if (!element.isRecord()) {
            return Optional.empty();
        }
        List<String> names =
                Stream.of(element.getRecordComponents()).map(RecordComponent::getName).toList();
        return KEYS.stream().filter(names::contains).findFirst();
    }

    /// A map that keeps whatever is written has values of every type, where the generator would
    /// admit objects only.
    private static void map(JSONSchemaProps map) {
        if (Boolean.TRUE.equals(map.getXKubernetesPreserveUnknownFields())) {
            map.setAdditionalProperties(null);
        } else if (map.getMaxProperties() == null) {
            map.setMaxProperties(MOST_MAP_ENTRIES);
        }
    }

    /// Each rule once: an annotation on a record's component lands on the field and on the
    /// accessor. Composed annotations carry their pattern, but not the rule that belongs to it.
    private static List<ValidationRule> rules(JSONSchemaProps schema) {
        List<ValidationRule> own = schema.getXKubernetesValidations().stream().distinct().toList();
        if (!own.isEmpty() || schema.getPattern() == null) {
            return own;
        }
        return switch (schema.getPattern()) {
            case DurationText.PATTERN ->
                    List.of(rule(DurationText.RANGE_RULE, DurationText.RANGE_MESSAGE));
            case HttpUrl.PATTERN -> List.of(rule(HttpUrl.RULE, HttpUrl.MESSAGE));
            default -> own;
        };
    }

    private static ValidationRule rule(String rule, String message) {
        return new ValidationRuleBuilder().withRule(rule).withMessage(message).build();
    }
}
