package dev.llmgateway.operator.apply;

import dev.llmgateway.crds.resource.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Tells people about an object: by its status, and by an Event whenever Ready flips or fails for
/// another reason.
public final class StatusReport {
    private final StatusWriter statuses;
    private final EventRecorder events;

    public StatusReport(StatusWriter statuses, EventRecorder events) {
        this.statuses = statuses;
        this.events = events;
    }

    /// @param shell a new, empty object of the kind
    public <T, R extends CustomResource<?, T>> void report(
            R current, R shell, T desired, Function<T, List<Condition>> conditions) {
        if (statuses.write(current, shell, desired)) {
            Optional<Condition> before =
                    Optional.ofNullable(current.getStatus())
                            .flatMap(status -> ready(conditions.apply(status)));
            ready(conditions.apply(desired))
                    .filter(now -> before.isEmpty() || differ(before.get(), now))
                    .ifPresent(now -> events.record(current, now));
        }
    }

    private static Optional<Condition> ready(List<Condition> conditions) {
        return conditions.stream()
                .filter(condition -> condition.type().equals("Ready"))
                .findFirst();
    }

    private static boolean differ(Condition before, Condition now) {
        return before.status() != now.status() || !before.reason().equals(now.reason());
    }
}
