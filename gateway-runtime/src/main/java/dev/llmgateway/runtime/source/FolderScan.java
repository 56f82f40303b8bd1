package dev.llmgateway.runtime.source;

import dev.llmgateway.crds.oauth.TokenFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What lies in a folder now, told from names, times and sizes alone; two equal scans mean nothing
/// changed.
///
/// @param stamps by file name
record FolderScan(SortedMap<String, Stamp> stamps) {
    /// One file's identity and state.
    record Stamp(FileTime modified, long size, String fileKey) {}

    /// @return the manifests of `folder`, the values below its `secrets/NAME/`, and its tokens
    static FolderScan of(Path folder) throws IOException {
        SortedMap<String, Stamp> stamps = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{yaml,yml}")) {
            for (Path file : files) {
                stamp(folder, file, stamps);
            }
        }
        Path secrets = folder.resolve("secrets");
        if (Files.isDirectory(secrets)) {
            try (DirectoryStream<Path> names =
                    Files.newDirectoryStream(secrets, Files::isDirectory)) {
                for (Path name : names) {
                    stampAll(folder, name, "*", stamps);
                }
            }
        }
        Path tokens = folder.resolve(TokenFile.FOLDER);
        if (Files.isDirectory(tokens)) {
            stampAll(folder, tokens, "*" + TokenFile.SUFFIX, stamps);
        }
        return new FolderScan(stamps);
    }

    private static void stampAll(
            Path folder, Path directory, String names, SortedMap<String, Stamp> stamps)
            throws IOException {
        try (DirectoryStream<Path> keys = Files.newDirectoryStream(directory, names)) {
            for (Path key : keys) {
                stamp(folder, key, stamps);
            }
        }
    }

    private static void stamp(Path folder, Path file, SortedMap<String, Stamp> stamps)
            throws IOException {
        Optional<Stamp> stamp = stamp(file);
        if (stamp.isPresent()) {
            stamps.put(folder.relativize(file).toString(), stamp.get());
        }
    }

    /// Empty: no regular file, or gone between listing and looking.
    private static Optional<Stamp> stamp(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? Optional.of(
                            new Stamp(
                                    attributes.lastModifiedTime(),
                                    attributes.size(),
                                    String.valueOf(attributes.fileKey())))
                    : Optional.empty();
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// Whether a file of a scan is still as the scan saw it.
    static boolean unchanged(Path folder, String name, Stamp before) throws IOException {
        return stamp(folder.resolve(name)).filter(before::equals).isPresent();
    }
}
