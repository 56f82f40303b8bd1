package dev.llmgateway.operator.oauth;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The end of this process's work: pauses end with it.
final class Ending {
    private final CountDownLatch over = new CountDownLatch(1);

    boolean over() {
        return over.getCount() == 0;
    }

    void end() {
        over.countDown();
    }

    /// @throws CancellationException it is over
    void pause(Duration duration) {
        try {
            if (over.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new CancellationException("the operator stops");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }
}
