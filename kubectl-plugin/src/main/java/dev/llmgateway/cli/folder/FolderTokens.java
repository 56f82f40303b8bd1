package dev.llmgateway.cli.folder;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.oauth.TokenFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Tokens of a folder's accounts, in the files where the gateway looks for them. Whoever changes
/// one holds its lock, so that a sign-in and a refresh never meet; the newer one stays.
public final class FolderTokens {
    /// A gateway holds the lock while it asks an identity provider.
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final Duration LOOK = Duration.ofMillis(50);

    private final FolderFiles files;

    FolderTokens(FolderFiles files) {
        this.files = files;
    }

    static String path(String namespace, String secret, String suffix) {
        return TokenFile.FOLDER + "/" + TokenFile.name(namespace, secret) + suffix;
    }

    /// Empty: nobody has signed in.
    public Optional<TokenFile> read(String namespace, String secret) {
        Path file = files.resolve(path(namespace, secret, TokenFile.SUFFIX));
        try {
            return Files.isRegularFile(file)
                    ? TokenFile.read(Files.readString(file))
                    : Optional.empty();
        } catch (IOException e) {
            throw files.unreadable(e);
        }
    }

    /// Keeps the tokens of a new sign-in, whatever was there.
    public void keep(String namespace, String secret, StoredTokens tokens) {
        locked(
                namespace,
                secret,
                () -> {
                    files.writeSecret(
                            path(namespace, secret, TokenFile.SUFFIX), TokenFile.of(tokens).text());
                    return true;
                });
    }

    /// Asks the folder's gateways for a token newer than that.
    public void wish(String namespace, String secret, TokenFile than) {
        files.writeSecret(path(namespace, secret, TokenFile.WISH_SUFFIX), than.version() + "\n");
    }

    /// Forgets the tokens; empty: there were none.
    public Optional<TokenFile> remove(String namespace, String secret) {
        return locked(
                namespace,
                secret,
                () -> {
                    Optional<TokenFile> there = read(namespace, secret);
                    files.delete(files.resolve(path(namespace, secret, TokenFile.SUFFIX)));
                    return there;
                });
    }

    private <T> T locked(String namespace, String secret, Supplier<T> change) {
        String name = path(namespace, secret, TokenFile.LOCK_SUFFIX);
        Path file = files.lockFile(name);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock _ = lock(channel, file)) {
            return change.get();
        } catch (IOException e) {
            throw FolderFiles.unwritable(file, e);
        }
    }

    private static FileLock lock(FileChannel channel, Path file) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new Failure(ExitCode.TIMEOUT, "tokensLocked", file);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
