package dev.llmgateway.runtime.source.kubernetes;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where the API server is and what a pod proves itself with. Both files are rotated under a
/// running pod, so they are read when they are needed.
///
/// @param token file with the ServiceAccount's token
/// @param authority PEM file with the roots to trust; empty: the address is clear text
public record ApiServer(URI address, Path token, Optional<Path> authority) {
    private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    /// As a pod finds it (Kubernetes: Accessing the API from a Pod).
    ///
    /// @throws IOException when the process runs in no pod
    public static ApiServer inCluster(Map<String, String> environment) throws IOException {
        String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        if (host.isEmpty()) {
            throw new IOException("KUBERNETES_SERVICE_HOST is not set: this is no pod");
        }
        String name = host.contains(":") ? "[" + host + "]" : host;
        return new ApiServer(
                URI.create("https://" + name + ":" + port),
                ACCOUNT.resolve("token"),
                Optional.of(ACCOUNT.resolve("ca.crt")));
    }

    /// Header value; the token itself is kept nowhere.
    String authorization() throws IOException {
        return "Bearer " + Files.readString(token, StandardCharsets.UTF_8).strip();
    }
}
