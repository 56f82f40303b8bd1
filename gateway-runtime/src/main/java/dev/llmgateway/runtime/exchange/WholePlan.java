package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.GatewayPlan;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/// Refuses a plan with a hole before a request can meet it: no record of a plan may hold null
/// (reliability-security.md S14).
final class WholePlan {
    private WholePlan() {}

    /// @throws IllegalStateException naming the first member that is missing
    static void check(GatewayPlan plan) {
        check(plan, "GatewayPlan");
    }

    private static void check(@Nullable Object part, String name) {
        switch (part) {
            case null -> throw new IllegalStateException("the plan has no " + name);
            case Record members -> members(members);
            case Iterable<?> elements -> elements.forEach(element -> check(element, name));
            default -> {} // texts, numbers and enums are whole
        }
    }

    private static void members(Record part) {
        Class<?> type = part.getClass();
        for (RecordComponent component : type.getRecordComponents()) {
            if (!component.getType().isPrimitive()) {
                check(value(part, component), type.getSimpleName() + '.' + component.getName());
            }
        }
    }

    private static @Nullable Object value(Record part, RecordComponent component) {
        try {
            return component.getAccessor().invoke(part);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the plan cannot be read: " + component.getName(), e);
        }
    }
}
