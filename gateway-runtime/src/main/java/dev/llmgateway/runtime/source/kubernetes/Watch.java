package dev.llmgateway.runtime.source.kubernetes;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// An open watch: the client's loop fills it, one thread empties it.
public final class Watch implements AutoCloseable {
    /// An index has a line of 200 bytes for each of at most 24 parts.
    private static final int LONGEST_EVENT = 1 << 20;

    private final String asked;
    private final String key;
    private final long patienceMillis;
    private final long deadline;
    private final BlockingQueue<WatchSignal> signals = new LinkedBlockingQueue<>();
    private final Future<HttpClientRequest> request;

    /// @param patienceMillis a watch that did not end by then is dead
    Watch(Future<HttpClientRequest> request, String asked, String key, long patienceMillis) {
        this.request = request;
        this.asked = asked;
        this.key = key;
        this.patienceMillis = patienceMillis;
        this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        request.compose(open -> open.send().map(this::follow))
                .onFailure(cause -> fail(String.valueOf(cause.getMessage())));
    }

    /// Waits for the next signal. Of several states of the object only the newest is told: the ones
    /// before it name parts that may be gone by now.
    public WatchSignal next() throws InterruptedException {
        WatchSignal signal = signals.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        while (signal instanceof WatchSignal.Seen
                && signals.peek() instanceof WatchSignal.Seen newer) {
            signals.remove();
            signal = newer;
        }
        return signal != null
                ? signal
                : new WatchSignal.Failed(
                        new ApiFailure(asked, "silent for " + patienceMillis + " ms"));
    }

    private Void follow(HttpClientResponse response) {
        response.exceptionHandler(cause -> fail(String.valueOf(cause.getMessage())));
        if (response.statusCode() != 200) {
            ApiFailure failure = new ApiFailure(asked, response.statusCode());
            signals.add(failure.gone() ? new WatchSignal.Gone() : new WatchSignal.Failed(failure));
            close();
            return null;
        }
        Lines lines =
                new Lines(LONGEST_EVENT, line -> signals.add(WatchEvents.read(line, asked, key)));
        response.handler(bytes -> {
            if (!lines.add(bytes.getBytes())) {
                fail("an event of more than 1 MiB");
                close();
            }
        });
        response.endHandler(_ -> ended(lines));
        return null;
    }

    private void ended(Lines lines) {
        if (lines.whole()) {
            signals.add(new WatchSignal.Ended());
        } else {
            fail("it ended inside an event");
        }
    }

    private void fail(String why) {
        signals.add(new WatchSignal.Failed(new ApiFailure(asked, why)));
    }

    @Override
    public void close() {
        request.onSuccess(HttpClientRequest::reset);
    }
}
