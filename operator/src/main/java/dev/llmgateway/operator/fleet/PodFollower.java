package dev.llmgateway.operator.fleet;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks one pod again and again, each question waiting for news, on a virtual thread of its own.
final class PodFollower implements AutoCloseable {
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final long NO_WAIT_MILLIS = 1_000;

    private final AdminClient client;
    private final PodRef.Admin admin;
    private final Supplier<String> token;
    private final Listener listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread thread;
    private long after = -1; // of the follower's thread alone

    /// Where answers go; called on the follower's thread.
    ///
    /// @param failed gets a text for people
    record Listener(Consumer<ReportPage> told, Consumer<String> failed) {}

    private PodFollower(
            AdminClient client, PodRef.Admin admin, Supplier<String> token, Listener listener) {
        this.client = client;
        this.admin = admin;
        this.token = token;
        this.listener = listener;
    }

    /// @param token asked for before every question: it is rotated
    static PodFollower start(
            AdminClient client, PodRef.Admin admin, Supplier<String> token, Listener listener) {
        PodFollower follower = new PodFollower(client, admin, token, listener);
        follower.thread =
                Thread.ofVirtual().name("report of " + admin.host()).start(follower::follow);
        return follower;
    }

    boolean follows(PodRef.Admin address) {
        return admin.equals(address);
    }

    private void follow() {
        try {
            long pause = 0;
            while (!closed.await(pause, TimeUnit.MILLISECONDS)) {
                pause = ask(pause);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /// @param paused before this question, milliseconds
    /// @return how long to pause before the next one
    private long ask(long paused) throws InterruptedException {
        try {
            long began = System.nanoTime();
            ReportPage page = client.report(admin, token.get(), after);
            if (page.sequence() != after) {
                after = page.sequence();
                listener.told().accept(page);
                return 0;
            }
            // A pod that has too many readers does not let them wait.
            long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            return waited < NO_WAIT_MILLIS ? NO_WAIT_MILLIS : 0;
        } catch (IOException e) {
            listener.failed().accept(String.valueOf(e.getMessage()));
            return Math.clamp(paused * 2, FIRST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        if (thread != null) {
            thread.interrupt();
        }
    }
}
