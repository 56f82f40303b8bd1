package dev.llmgateway.cli.folder;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The files of a folder. Everything is replaced as a whole, so that a gateway never reads half a
/// file; what holds secrets is for its owner alone.
final class FolderFiles {
    private static final Set<PosixFilePermission> PRIVATE_FILE =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> PRIVATE_FOLDER =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> SHARED_FILE =
            PosixFilePermissions.fromString("rw-r--r--");

    private final Path folder;

    FolderFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new Failure(ExitCode.NOT_FOUND, "noFolder", folder);
        }
        this.folder = folder;
    }

    Path resolve(String name) {
        return folder.resolve(name);
    }

    /// Manifest texts by file name.
    Map<String, String> manifests() {
        Map<String, String> texts = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{yaml,yml}")) {
            for (Path file : files) {
                if (Files.isRegularFile(file)) {
                    texts.put(String.valueOf(file.getFileName()), Files.readString(file));
                }
            }
            return texts;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    void write(String name, String text) {
        Path file = folder.resolve(name);
        try {
            replace(
                    file,
                    text,
                    Files.exists(file) ? Files.getPosixFilePermissions(file) : SHARED_FILE);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /// @param name a path of two or more parts; its folders are made for the owner alone
    void writeSecret(String name, String text) {
        Path file = folder.resolve(name);
        try {
            makeParent(file);
            replace(file, text, PRIVATE_FILE);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /// An empty file that processes lock, made where it is not there; it stays.
    ///
    /// @param name as of [#writeSecret]
    Path lockFile(String name) {
        Path file = folder.resolve(name);
        try {
            makeParent(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PRIVATE_FILE));
        } catch (FileAlreadyExistsException _) {
            return file;
        } catch (IOException e) {
            throw unwritable(file, e);
        }
        return file;
    }

    private void makeParent(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent, PosixFilePermissions.asFileAttribute(PRIVATE_FOLDER));
            ignoreByGit(folder.relativize(file).getName(0));
        }
    }

    private void ignoreByGit(Path top) throws IOException {
        Path ignore = folder.resolve(top).resolve(".gitignore");
        if (!Files.exists(ignore)) {
            Files.writeString(ignore, "*\n");
        }
    }

    private static void replace(Path file, String text, Set<PosixFilePermission> mode)
            throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        Path draft =
                Files.createTempFile(
                        parent,
                        ".llm-gateway",
                        ".tmp",
                        PosixFilePermissions.asFileAttribute(PRIVATE_FILE));
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(
                    true); // a power cut leaves the old file or the new one, never an empty one
        }
        Files.setPosixFilePermissions(draft, mode);
        Files.move(
                draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    Failure unreadable(IOException e) {
        return new Failure(
                ExitCode.FAILURE, "folderUnreadable", folder, e.getClass().getSimpleName());
    }

    static Failure unwritable(Path file, IOException e) {
        return new Failure(ExitCode.FAILURE, "fileNotWritten", file, e.getClass().getSimpleName());
    }
}
