package dev.llmgateway.crds.compile;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads and builds records by their components. Failures are bugs: every `api` record is public.
final class Records {
    private Records() {}

    static @Nullable Object read(RecordComponent component, Record owner) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    static Optional<RecordComponent> component(Class<?> type, String name) {
        return Stream.of(type.getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .findFirst();
    }

    static Object construct(Class<?> type, @Nullable Object... values) {
        Class<?>[] types =
                Stream.of(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be built", e);
        }
    }

    /// Nothing given: every component absent or at its default.
    static Object empty(Class<?> type) {
        return construct(type, new Object[type.getRecordComponents().length]);
    }
}
