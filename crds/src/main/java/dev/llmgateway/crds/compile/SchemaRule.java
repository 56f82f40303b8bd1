package dev.llmgateway.crds.compile;

import java.util.function.Predicate;

/// A rule over one `api` record, wherever that record stands.
///
/// @param field component the finding points at; empty: the record itself
record SchemaRule<R extends Record>(
        Class<R> type, String field, String message, Predicate<R> holds) {

    boolean brokenBy(Record value) {
        return type.isInstance(value) && !holds.test(type.cast(value));
    }

    String path(String recordPath) {
        return field.isEmpty() ? recordPath : recordPath + "." + field;
    }
}
