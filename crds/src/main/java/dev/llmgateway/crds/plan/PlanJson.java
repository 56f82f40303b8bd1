package dev.llmgateway.crds.plan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.stream.Collectors;

/// How everything of this room looks as JSON. Fields are sorted by name, so equal values give equal
/// bytes. A field that a newer program added within the format is skipped; one that is missing,
/// null or of another type is refused.
final class PlanJson {
    static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .build();

    private PlanJson() {}

    /// `accounts[0].pool: Null value for creator property…`; never the bytes themselves.
    static String describe(JacksonException error) {
        String path =
                error instanceof JsonMappingException mapping
                        ? mapping.getPath().stream()
                                .map(PlanJson::step)
                                .collect(Collectors.joining())
                        : "";
        String message = error.getOriginalMessage();
        return path.isEmpty()
                ? message
                : path.substring(path.startsWith(".") ? 1 : 0) + ": " + message;
    }

    private static String step(JsonMappingException.Reference step) {
        return step.getFieldName() == null
                ? "[" + step.getIndex() + "]"
                : "." + step.getFieldName();
    }
}
