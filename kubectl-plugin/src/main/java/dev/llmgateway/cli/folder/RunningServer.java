package dev.llmgateway.cli.folder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.print.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What `server start` wrote down about the gateway it runs on a folder.
public record RunningServer(long pid, String host, int dataPort, int adminPort) {
    private static final String FILE = ".llm-gateway/server.json";

    /// Empty: none was started, or it has ended.
    public static Optional<RunningServer> of(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode node = Json.parse(Files.readString(file));
            RunningServer server =
                    new RunningServer(
                            node.path("pid").asLong(),
                            node.path("host").asText(),
                            node.path("dataPort").asInt(),
                            node.path("adminPort").asInt());
            boolean runs = ProcessHandle.of(server.pid()).map(ProcessHandle::isAlive).orElse(false);
            return runs ? Optional.of(server) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty(); // removed by the one that just ended
        }
    }

    public void write(Path folder) {
        new FolderFiles(folder)
                .writeSecret(
                        FILE,
                        Json.compact(
                                Json.object()
                                        .put("pid", pid)
                                        .put("host", host)
                                        .put("dataPort", dataPort)
                                        .put("adminPort", adminPort)));
    }

    public static void forget(Path folder) {
        FolderFiles files = new FolderFiles(folder);
        files.delete(files.resolve(FILE));
    }
}
