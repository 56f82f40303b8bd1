package dev.llmgateway.operator.gateway;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long an object may rest until it is looked at again though nothing has happened.
final class Pause {
    private @Nullable Duration shortest;

    /// @param some null: for ever
    void atMost(@Nullable Duration some) {
        if (some != null && (shortest == null || some.compareTo(shortest) < 0)) {
            shortest = some;
        }
    }

    <P extends HasMetadata> UpdateControl<P> control() {
        UpdateControl<P> control = UpdateControl.noUpdate();
        return shortest == null ? control : control.rescheduleAfter(shortest);
    }
}
