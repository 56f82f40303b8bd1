package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.DurationText;
import dev.llmgateway.crds.api.Durations;
import dev.llmgateway.crds.api.HttpUrl;
import dev.llmgateway.crds.api.ObjectName;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The bounds declared on one field or on the elements of one list.
///
/// @param ranged a duration of the common range, 1 s to 24 h
record SchemaBounds(
        List<Size> sizes, List<Min> least, List<Max> most, List<Pattern> patterns, boolean ranged) {
    private static final long DAY_MILLIS = 24 * 3_600_000L;

    /// What the API server's `isURL` asks beyond the pattern: a host or a bracketed address, digits
    /// as port, whole escapes.
    private static final java.util.regex.Pattern IS_URL =
            java.util.regex.Pattern.compile(
                    "(?!.*%(?![0-9A-Fa-f]{2}))https?://([^/:\\[\\]]+|\\[[0-9A-Fa-f:.]+])(:[0-9]*)?(/.*)?");

    private static final Map<String, java.util.regex.Pattern> COMPILED = new ConcurrentHashMap<>();

    /// What to write instead, by pattern; other patterns are quoted.
    private static final Map<String, String> EXPECTATIONS =
            Map.of(
                    DurationText.PATTERN,
                    "must be a duration such as 20s, 5m or 1h30m",
                    HttpUrl.PATTERN,
                    HttpUrl.MESSAGE,
                    ObjectName.class.getAnnotation(Pattern.class).value(),
                    "must be an object's name: lower-case letters, digits, dashes and dots",
                    "^sha256:[a-f0-9]{64}$",
                    "must be sha256: and 64 lower-case hexadecimal digits",
                    "^[ -~]*$",
                    "must be printable ASCII");

    static SchemaBounds of(AnnotatedElement declaration) {
        return new SchemaBounds(
                all(declaration, Size.class),
                all(declaration, Min.class),
                all(declaration, Max.class),
                all(declaration, Pattern.class),
                declaration.isAnnotationPresent(DurationText.class)
                        && !declaration.isAnnotationPresent(ValidationRule.class));
    }

    /// What is wrong with a value; empty: nothing.
    List<String> problems(Object value) {
        List<String> problems = new ArrayList<>();
        if (value instanceof String || value instanceof List || value instanceof Map) {
            sizes.forEach(size -> sizeProblems(size, value, problems));
        }
        if (value instanceof Number number) {
            rangeProblems(number.doubleValue(), problems);
        }
        if (value instanceof String text) {
            textProblems(text, problems);
        }
        return problems;
    }

    private static void sizeProblems(Size bound, Object value, List<String> problems) {
        int size = SchemaCheck.size(value);
        String unit = value instanceof String ? "characters" : "entries";
        if (size < bound.min()) {
            problems.add("must have at least " + bound.min() + " " + unit);
        }
        if (size > bound.max()) {
            problems.add("must have at most " + bound.max() + " " + unit);
        }
    }

    private void rangeProblems(double number, List<String> problems) {
        least.stream()
                .filter(bound -> number < bound.value())
                .forEach(bound -> problems.add("must be at least " + (long) bound.value()));
        most.stream()
                .filter(bound -> number > bound.value())
                .forEach(bound -> problems.add("must be at most " + (long) bound.value()));
    }

    private void textProblems(String text, List<String> problems) {
        for (Pattern pattern : patterns) {
            if (!fits(pattern.value(), text)) {
                problems.add(
                        EXPECTATIONS.getOrDefault(
                                pattern.value(), "must match " + pattern.value()));
            }
        }
        OptionalLong millis = ranged ? Durations.parse(text) : OptionalLong.empty();
        if (millis.isPresent() && (millis.getAsLong() < 1_000 || millis.getAsLong() > DAY_MILLIS)) {
            problems.add(DurationText.RANGE_MESSAGE);
        }
    }

    private static boolean fits(String pattern, String text) {
        return compiled(pattern).matcher(text).find()
                && (!pattern.equals(HttpUrl.PATTERN) || IS_URL.matcher(text).matches());
    }

    /// Compiled once, since every object is asked. For the API server `$` is the end of the text;
    /// in Java it also stands before a final line break.
    private static java.util.regex.Pattern compiled(String pattern) {
        return COMPILED.computeIfAbsent(
                pattern,
                text -> java.util.regex.Pattern.compile(text.replaceAll("\\$\\z", "\\\\z")));
    }

    /// Directly, and on composed annotations such as [HttpUrl].
    private static <A extends Annotation> List<A> all(AnnotatedElement declaration, Class<A> kind) {
        Stream<A> direct = Stream.of(declaration.getAnnotationsByType(kind));
        Stream<A> composed =
                Stream.of(declaration.getAnnotations())
                        .flatMap(annotation ->
                                Stream.of(annotation.annotationType().getAnnotationsByType(kind)));
        return Stream.concat(direct, composed).toList();
    }
}
