package dev.llmgateway.runtime.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Looks at a folder four times a second and loads it when it has come to rest.
///
/// Polling works the same on every platform, on mounts and with editors that replace files; one
/// look costs a few system calls. A file that is still being written changes between two looks, so
/// a half-written one is not read, but after `MOST_LOOKS` looks it is read as it is, lest a folder
/// under constant change is never loaded.
public final class FolderWatch implements RunningSource {
    private static final long LOOK_MILLIS = 250;
    private static final long SETTLE_MILLIS = 50;
    private static final int MOST_LOOKS = 5;

    private final Path path;
    private final ManifestFolder folder;
    private final Consumer<String> complaints;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable FolderScan loaded;

    public FolderWatch(Path path, ManifestFolder folder, Consumer<String> complaints) {
        this.path = path;
        this.folder = folder;
        this.complaints = complaints;
    }

    /// Loads once in the calling thread, then keeps watching in a thread of its own.
    ///
    /// @throws IOException when the folder cannot be read at all
    public FolderWatch start() throws IOException {
        load(FolderScan.of(path));
        Thread.ofPlatform().daemon().name("folder-watch").start(this::watch);
        return this;
    }

    private void watch() {
        try {
            while (!stopped.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        try {
            FolderScan seen = FolderScan.of(path);
            if (seen.equals(loaded)) {
                return;
            }
            for (int i = 1;
                    i < MOST_LOOKS && !stopped.await(SETTLE_MILLIS, TimeUnit.MILLISECONDS);
                    i++) {
                FolderScan again = FolderScan.of(path);
                boolean settled = again.equals(seen);
                seen = again;
                if (settled) {
                    break;
                }
            }
            load(seen);
        } catch (IOException e) {
            complaints.accept(path + " cannot be read, the last plan stays in force: " + e);
        } catch (RuntimeException e) {
            complaints.accept(path + " could not be loaded, the last plan stays in force: " + e);
        }
    }

    private void load(FolderScan scan) throws IOException {
        loaded = scan;
        folder.load(scan);
    }

    @Override
    public void close() {
        stopped.countDown();
    }
}
