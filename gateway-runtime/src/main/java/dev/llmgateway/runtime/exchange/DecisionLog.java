package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.runtime.balance.Evidence;
import dev.llmgateway.runtime.routing.Decision;
import dev.llmgateway.runtime.telemetry.AccessRecord;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The last requests that tell something: those with a retry, an error or a warning, and one of a
/// hundred of the others. Written on every loop, without a lock.
public final class DecisionLog {
    private static final int KEPT = 1_000;
    private static final int SAMPLED = 100;

    private final AtomicReferenceArray<@Nullable Entry> ring = new AtomicReferenceArray<>(KEPT);
    private final AtomicLong written = new AtomicLong();

    /// One request: who could have served it, who was asked, what came of it.
    ///
    /// @param decision null: it was not routed
    /// @param failures attempts that failed, in order; the last attempt of a good request is in the
    ///   record
    public record Entry(
            AccessRecord record, @Nullable Decision decision, List<FailedAttempt> failures) {
        public Entry {
            failures = List.copyOf(failures);
        }
    }

    /// An attempt that brought no good reply.
    ///
    /// @param millis from the call to the failure
    public record FailedAttempt(ObjectRef account, String model, Evidence evidence, long millis) {}

    /// Whether a request without a fault belongs to the sample; the same for all its gateways.
    static boolean samples(String requestId) {
        return requestId.hashCode() % SAMPLED == 0;
    }

    void add(Entry entry) {
        ring.set(Math.floorMod(written.getAndIncrement(), KEPT), entry);
    }

    /// The newest of that id.
    public Optional<Entry> find(String requestId) {
        long newest = written.get() - 1;
        for (long i = newest; i >= 0 && i > newest - KEPT; i--) {
            Entry entry = ring.get(Math.floorMod(i, KEPT));
            if (entry != null && entry.record().requestId().equals(requestId)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }
}
