package dev.llmgateway.runtime.balance;

import dev.llmgateway.runtime.model.Headroom;
import java.util.OptionalLong;

/// What the upstream said about when to come back.
public sealed interface Said {
    /// What the headers of a refusal say. A rejected window beats a wait, and a wait the reset of a
    /// limit that is used up; a window that is neither rejected nor empty says nothing.
    static Said of(OptionalLong retryAfterMillis, Headroom headroom, long nowMillis) {
        long reset = headroom.resetAtMillis();
        if (headroom.rejected()) {
            return new WindowRejected(reset > 0 ? reset : nowMillis + retryAfterMillis.orElse(0));
        }
        if (retryAfterMillis.isPresent()) {
            return new RetryAfter(retryAfterMillis.getAsLong());
        }
        return headroom.left() <= 0 && reset > 0 ? new ResetAt(reset) : new Nothing();
    }

    record Nothing() implements Said {}

    /// `retry-after` in any of its forms.
    record RetryAfter(long millis) implements Said {}

    /// A reset header of a limit that was hit; no quota window was rejected.
    record ResetAt(long epochMillis) implements Said {}

    /// The upstream rejected a quota window (such as 5 hours or 7 days) that opens again then.
    record WindowRejected(long resetAtMillis) implements Said {}
}
