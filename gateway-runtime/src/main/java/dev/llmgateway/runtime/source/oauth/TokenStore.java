package dev.llmgateway.runtime.source.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.SecretDocument;
import dev.llmgateway.crds.manifest.Source;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.oauth.TokenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The token files of a folder (`.llm-gateway/oauth`, 0700; files 0600).
///
/// A file is replaced as a whole and is on the disk before anyone sees it. Whoever changes one
/// holds the lock beside it; the kernel gives the locks of a process back however it ends.
public final class TokenStore {
    private static final Map<String, String> LABEL = Map.of("llm-gateway.dev/credentials", "true");

    private final Path folder;

    /// @param manifests folder of manifests
    public TokenStore(Path manifests) {
        this.folder = manifests.resolve(TokenFile.FOLDER);
    }

    /// Empty: nobody has signed in, or the file is not one of ours.
    Optional<TokenFile> read(String name) throws IOException {
        try {
            return TokenFile.read(Files.readString(file(name, TokenFile.SUFFIX), UTF_8));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// What calls are made with, as Secrets; refresh tokens stay here.
    public List<SecretDocument> documents(ManifestSet manifests) throws IOException {
        List<SecretDocument> documents = new ArrayList<>();
        for (SignIns.Account account : SignIns.accounts(manifests)) {
            String namespace = account.manifest().namespace();
            Optional<TokenFile> file = read(TokenFile.name(namespace, account.tokens()));
            Map<String, String> values = new TreeMap<>();
            file.map(TokenFile::tokens)
                    .map(StoredTokens::data)
                    .ifPresent(data -> {
                        copy(data, StoredTokens.ACCESS_TOKEN, values);
                        copy(data, StoredTokens.RESOURCE_URL, values);
                    });
            if (!values.isEmpty()) {
                documents.add(
                        new SecretDocument(
                                new Source(TokenFile.FOLDER, 1),
                                namespace,
                                account.tokens(),
                                LABEL,
                                values));
            }
        }
        return documents;
    }

    private static void copy(Map<String, String> from, String key, Map<String, String> to) {
        String value = from.get(key);
        if (value != null) {
            to.put(key, value);
        }
    }

    /// What is wrong with the tokens of a folder's accounts and what to do about it, as warnings.
    public List<String> problems(ManifestSet manifests) throws IOException {
        List<String> problems = new ArrayList<>();
        for (SignIns.Account account : SignIns.accounts(manifests)) {
            String name = TokenFile.name(account.manifest().namespace(), account.tokens());
            Optional<TokenFile> file = read(name);
            if (file.isPresent()) {
                problem(account.ref().toString(), account.ref().name(), file.get())
                        .ifPresent(problems::add);
            } else if (Files.exists(file(name, TokenFile.SUFFIX))) {
                problems.add(
                        "warning: "
                                + file(name, TokenFile.SUFFIX)
                                + " is no token file; sign in"
                                + " again with `oauth start "
                                + account.ref().name()
                                + "`");
            }
        }
        return problems;
    }

    private static Optional<String> problem(String ref, String name, TokenFile file) {
        if (file.refusal().isPresent()) {
            return Optional.of(
                    "warning: UpstreamAccount "
                            + ref
                            + " needs a person ("
                            + file.refusal().get().reason()
                            + "): sign in with `oauth start "
                            + name
                            + "`; the token in use stays until it ends");
        }
        return file.attempts().failures() == 0
                ? Optional.empty()
                : Optional.of(
                        "warning: the token of UpstreamAccount "
                                + ref
                                + " could not be refreshed: its endpoint "
                                + file.attempts().lastFailure());
    }

    /// Names for which a person wishes a new token.
    Set<String> wishes() throws IOException {
        Set<String> names = new HashSet<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, "*" + TokenFile.WISH_SUFFIX)) {
            for (Path each : files) {
                String name = String.valueOf(each.getFileName());
                names.add(name.substring(0, name.length() - TokenFile.WISH_SUFFIX.length()));
            }
        } catch (NoSuchFileException _) {
            return Set.of();
        }
        return names;
    }

    /// Which token is to be replaced; empty: no wish.
    Optional<String> wish(String name) throws IOException {
        try {
            return Optional.of(Files.readString(file(name, TokenFile.WISH_SUFFIX), UTF_8).strip());
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// Empty: another process, or another thread of this one, is at it.
    Optional<Held> lock(String name) throws IOException {
        FileAttribute<?> owner =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(folder, owner);
        Path file = file(name, TokenFile.LOCK_SUFFIX);
        try {
            Files.createFile(file, readable());
        } catch (FileAlreadyExistsException _) {
            // It stays where it is: who locks a file that another one removed locks nothing.
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new Held(name, channel));
            }
        } catch (OverlappingFileLockException _) {
            // A thread of this process has it.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    private Path file(String name, String suffix) {
        return folder.resolve(name + suffix);
    }

    private static FileAttribute<?> readable() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    }

    /// The right to change a token file. Its end is that of the lock.
    final class Held implements AutoCloseable {
        private final String name;
        private final FileChannel channel;

        private Held(String name, FileChannel channel) {
            this.name = name;
            this.channel = channel;
        }

        /// As it is on the disk now.
        Optional<TokenFile> read() throws IOException {
            return TokenStore.this.read(name);
        }

        void write(TokenFile content) throws IOException {
            Path draft = Files.createTempFile(folder, "token", ".tmp", readable());
            try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                out.write(ByteBuffer.wrap(content.text().getBytes(UTF_8)));
                out.force(true);
            }
            Files.move(
                    draft,
                    file(name, TokenFile.SUFFIX),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true); // else a power cut may undo the renaming
            }
        }

        void forgetWish() throws IOException {
            Files.deleteIfExists(file(name, TokenFile.WISH_SUFFIX));
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
