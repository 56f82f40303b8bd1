package dev.llmgateway.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.print.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// A `--token` on its way to `kubectl`: in a file for its owner alone, since an argument is seen by
/// everybody.
public final class TokenKubeconfig {
    private TokenKubeconfig() {}

    /// The current context with the token as its only credential; the file goes when this process
    /// ends.
    public static Path write(Kubectl kubectl, String token) {
        JsonNode config = kubectl.json("config", "view", "--raw", "--minify", "--flatten");
        for (JsonNode user : config.path("users")) {
            if (user instanceof ObjectNode entry) {
                entry.set("user", Json.object().put("token", token));
            }
        }
        try {
            Path file =
                    Files.createTempFile(
                            "llm-gateway",
                            ".kubeconfig",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            file.toFile().deleteOnExit();
            Files.writeString(file, Json.compact(config));
            return file;
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILURE, "fileNotWritten", "kubeconfig", e.getClass().getSimpleName());
        }
    }
}
