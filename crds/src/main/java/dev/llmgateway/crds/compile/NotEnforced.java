package dev.llmgateway.crds.compile;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Fields whose effect is not built yet: whoever sets one is told, so no cap is ignored in silence.
/// A field counts as set when it differs from its default, since the API server writes defaults
/// into every object.
final class NotEnforced {
    static final String MESSAGE = "is accepted but has no effect in this release";

    /// A path; `[]` walks a list, `*` every component. Whoever builds an effect deletes its row.
    record Row(String path) {}

    static final List<Row> ACCOUNT = List.of();

    static final List<Row> KEY =
            List.of(new Row("limits.*"), new Row("budgets"), new Row("rotation"));

    static final List<Row> GATEWAY =
            List.of(
                    new Row("policies[].defaults.limits"),
                    new Row("policies[].defaults.budgets"),
                    new Row("policies[].ceilings.limits"),
                    new Row("policies[].ceilings.budgets"),
                    new Row("budgets"),
                    new Row("usage.store"),
                    new Row("observability.otlpEndpoint"),
                    new Row("observability.debugTraces"));

    private final Findings findings;

    private NotEnforced(Findings findings) {
        this.findings = findings;
    }

    static void warn(List<Row> rows, Record spec, Findings findings) {
        for (Row row : rows) {
            List<String> steps = List.of(row.path().replace("[]", ".[]").split("\\."));
            new NotEnforced(findings).walk("spec", spec, null, steps);
        }
    }

    private void walk(
            String path, @Nullable Object value, @Nullable Object standard, List<String> steps) {
        if (value == null) {
            return;
        }
        if (steps.isEmpty()) {
            judge(path, value, standard);
            return;
        }
        List<String> rest = steps.subList(1, steps.size());
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                walk(path + "[" + i + "]", list.get(i), null, rest);
            }
        } else if (value instanceof Record owner) {
            components(owner, steps.getFirst()).forEach(next -> step(path, owner, next, rest));
        }
    }

    private void step(String path, Record owner, RecordComponent next, List<String> rest) {
        Record standard = (Record) Records.empty(owner.getClass());
        walk(
                path + "." + next.getName(),
                Records.read(next, owner),
                Records.read(next, standard),
                rest);
    }

    /// An empty list counts as well: where the default has entries, it is somebody's choice.
    private void judge(String path, Object value, @Nullable Object standard) {
        if ((value instanceof List || isGiven(value)) && !value.equals(standard)) {
            findings.warning(Reason.NotEnforced, path, MESSAGE);
        }
    }

    private static boolean isGiven(Object value) {
        return switch (value) {
            case List<?> list -> !list.isEmpty();
            case Record record ->
                    components(record, "*")
                            .map(component -> Records.read(component, record))
                            .filter(Objects::nonNull)
                            .anyMatch(NotEnforced::isGiven);
            default -> true;
        };
    }

    private static Stream<RecordComponent> components(Record owner, String step) {
        return Stream.of(owner.getClass().getRecordComponents())
                .filter(component -> step.equals("*") || component.getName().equals(step));
    }
}
