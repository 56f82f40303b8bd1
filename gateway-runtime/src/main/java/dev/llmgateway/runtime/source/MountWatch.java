package dev.llmgateway.runtime.source;

import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.runtime.source.kubernetes.Backoff;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Follows a bundle in its mount alone. Looks at the index four times a second: a kubelet replaces
/// links, which a watcher of files does not see, and it replaces each volume for itself, so the
/// parts may come after the index that names them.
public final class MountWatch implements RunningSource {
    private static final long LOOK_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final MountedBundle mount;
    private final BundleIntake intake;
    private final Backoff backoff;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private String taken = "";
    private String refused = "";

    private MountWatch(MountedBundle mount, BundleIntake intake, Backoff backoff) {
        this.mount = mount;
        this.intake = intake;
        this.backoff = backoff;
    }

    /// Begins to look; plans and reports come from a thread of its own.
    public static MountWatch start(
            Path directory,
            ObjectRef gateway,
            RandomGenerator random,
            InstantSource clock,
            PlanSink sink) {
        MountWatch watch =
                new MountWatch(
                        new MountedBundle(directory, gateway.name()),
                        new BundleIntake(gateway, clock, sink),
                        new Backoff(LOOK_MILLIS, LONGEST_PAUSE_MILLIS, random));
        Thread.ofPlatform().daemon().name("mount-watch").start(watch::run);
        return watch;
    }

    private void run() {
        try {
            long pause = 0;
            while (!stopped.await(pause, TimeUnit.MILLISECONDS)) {
                pause = look();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return milliseconds until the next look
    private long look() {
        String text = "";
        try {
            text =
                    mount.index()
                            .orElseThrow(() -> new IOException("there is no index in the mount"));
            if (!text.equals(taken)) {
                intake.take(text, mount);
                taken = text;
            }
            return LOOK_MILLIS;
        } catch (IOException e) {
            intake.failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            intake.failed("a bug: " + e);
        }
        if (!text.equals(refused)) {
            refused = text;
            backoff.reset();
        }
        return backoff.pause();
    }

    @Override
    public void close() {
        stopped.countDown();
    }
}
