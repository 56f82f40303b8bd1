package dev.llmgateway.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.fixtures.process.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// `server start` of the packaged command line on a folder, as a child of this test.
record FolderServer(Process process, Path folder) implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    static FolderServer start(Path program, Path folder) {
        try {
            Process process =
                    new ProcessBuilder(
                                    program.toString(),
                                    "--dir=" + folder,
                                    "server",
                                    "start",
                                    "--port=0")
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("server.log").toFile())
                            .start();
            FolderServer server = new FolderServer(process, folder);
            server.data();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Its data port; waits until it is written down.
    URI data() {
        Path file = folder.resolve(".llm-gateway/server.json");
        JsonNode written =
                Poll.until(
                        START,
                        () -> "server.json; it said: " + text(folder.resolve("server.log")),
                        () ->
                                Files.exists(file)
                                        ? Optional.of(Api.json(text(file)))
                                        : Optional.empty());
        return URI.create("http://127.0.0.1:" + written.path("dataPort").asInt());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Its gateway drains and ends with it.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("server start did not end on SIGTERM");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
