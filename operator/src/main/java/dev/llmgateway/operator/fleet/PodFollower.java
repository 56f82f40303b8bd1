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

    private final AdminClient client;
    private final PodRef.Admin admin;
    private final Supplier<String> token;
    private final Listener listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread thread;

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
        long after = -1;
        long pause = FIRST_PAUSE_MILLIS;
        try {
            while (closed.getCount() > 0) {
                try {
                    ReportPage page = client.report(admin, token.get(), after);
                    boolean news = page.sequence() != after;
                    after = page.sequence();
                    pause = FIRST_PAUSE_MILLIS;
                    if (news) {
                        listener.told().accept(page);
                    }
                } catch (IOException e) {
                    listener.failed().accept(String.valueOf(e.getMessage()));
                    if (closed.await(pause, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                    pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // closed
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
