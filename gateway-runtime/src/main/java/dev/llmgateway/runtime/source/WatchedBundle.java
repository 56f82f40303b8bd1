package dev.llmgateway.runtime.source;

import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.runtime.source.kubernetes.ApiClient;
import dev.llmgateway.runtime.source.kubernetes.ApiServer;
import dev.llmgateway.runtime.source.kubernetes.ApiTimes;
import dev.llmgateway.runtime.source.kubernetes.Backoff;
import dev.llmgateway.runtime.source.kubernetes.IndexObject;
import dev.llmgateway.runtime.source.kubernetes.Watch;
import dev.llmgateway.runtime.source.kubernetes.WatchSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Follows a bundle on the API server: lists its index, watches it, and takes every state of it
/// into force that is whole. While the API server cannot be asked, the mount of the same objects is
/// looked at, so that a pod that starts meanwhile serves.
public final class WatchedBundle implements RunningSource {
    /// A watch that lived this long was a good one, milliseconds.
    private static final long GOOD_WATCH = 1_000;

    private final ApiClient api;
    private final ServedBundle served;
    private final Optional<MountedBundle> mount;
    private final BundleIntake intake;
    private final Backoff backoff;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;

    private WatchedBundle(
            ApiClient api,
            ServedBundle served,
            Optional<MountedBundle> mount,
            BundleIntake intake,
            Backoff backoff) {
        this.api = api;
        this.served = served;
        this.mount = mount;
        this.intake = intake;
        this.backoff = backoff;
        this.thread = Thread.ofPlatform().daemon().name("bundle-watch").unstarted(this::run);
    }

    /// Begins to follow; plans and reports come from a thread of its own.
    ///
    /// @param gateway whose bundle
    /// @param directory where its objects are mounted
    public static WatchedBundle start(
            ApiServer server,
            ApiTimes times,
            ObjectRef gateway,
            Optional<Path> directory,
            RandomGenerator random,
            InstantSource clock,
            PlanSink sink) {
        ApiClient api = new ApiClient(server, gateway.namespace(), times);
        WatchedBundle bundle =
                new WatchedBundle(
                        api,
                        new ServedBundle(api, gateway.name()),
                        directory.map(path -> new MountedBundle(path, gateway.name())),
                        new BundleIntake(gateway, clock, sink),
                        new Backoff(times.firstPause(), times.longestPause(), random));
        bundle.thread.start();
        return bundle;
    }

    private void run() {
        try {
            while (stopped.getCount() > 0) {
                try {
                    follow();
                } catch (IOException e) {
                    failed(String.valueOf(e.getMessage()));
                } catch (RuntimeException e) {
                    failed("a bug: " + e);
                }
                stopped.await(backoff.pause(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Lists, then watches for as long as one watch can go on where the last one ended.
    private void follow() throws IOException, InterruptedException {
        IndexObject seen = served.list();
        take(seen);
        Optional<String> version = Optional.of(seen.resourceVersion());
        while (version.isPresent() && stopped.getCount() > 0) {
            long began = System.nanoTime();
            version = watch(version.get());
            if (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) >= GOOD_WATCH) {
                backoff.reset();
            } else {
                stopped.await(backoff.pause(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /// @return where the next watch begins; empty: with a list
    private Optional<String> watch(String from) throws IOException, InterruptedException {
        String version = from;
        try (Watch watch = served.watch(from)) {
            while (true) {
                switch (watch.next()) {
                    case WatchSignal.Seen(var object) -> {
                        version = object.resourceVersion();
                        take(object);
                    }
                    case WatchSignal.Bookmark(var passed) -> version = passed;
                    case WatchSignal.Ended() -> {
                        return Optional.of(version);
                    }
                    case WatchSignal.Gone() -> {
                        return Optional.empty();
                    }
                    case WatchSignal.Failed(var failure) -> throw failure;
                }
            }
        }
    }

    private void take(IndexObject seen) throws IOException {
        String text =
                seen.text()
                        .orElseThrow(
                                () -> new IOException(served.gateway() + "-plan is not there"));
        if (intake.take(text, served)) {
            backoff.reset();
        }
    }

    private void failed(String problem) {
        if (!stopped()) {
            intake.failed(problem);
            startFromMount();
        }
    }

    /// Only until something is in force: a mount follows its objects by more than a minute.
    private void startFromMount() {
        if (intake.loaded() || mount.isEmpty()) {
            return;
        }
        try {
            Optional<String> text = mount.get().index();
            if (text.isPresent()) {
                intake.take(text.get(), mount.get());
            }
        } catch (IOException e) {
            intake.failed("the mount: " + e.getMessage());
        }
    }

    private boolean stopped() {
        return stopped.getCount() == 0;
    }

    @Override
    public void close() {
        stopped.countDown();
        thread.interrupt();
        api.close();
    }
}
