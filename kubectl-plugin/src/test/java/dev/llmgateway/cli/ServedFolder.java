package dev.llmgateway.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A folder with a gateway, two accounts and a key, whose running gateway is a stand-in with fixed
/// pages.
///
/// @param pages of the admin port, by path; others are not found
record ServedFolder(Path folder, Map<String, String> pages, HttpServer admin)
        implements AutoCloseable {
    static final String ACCOUNTS =
            """
            [{"account":"default/a","state":"Active","egress":{"httpProxy":"","httpsProxy":"http://old:1","noProxy":[]},
              "usage":{"requests":12,"errors":1,"inputTokens":90,"outputTokens":7}},
             {"account":"default/b","state":"CoolingDown","until":"2026-11-26T12:01:00Z",
              "lastFailure":{"class":"Capacity","httpStatus":429,"time":"2026-11-26T11:59:00Z"}}]
            """;

    static final String MANIFESTS =
            """
            apiVersion: llm-gateway.dev/v1alpha1
            kind: GatewayConfig
            metadata: {name: main}
            spec: {egress: {allowPrivateNetworks: true}, simulation: {enabled: true}, modelRoutes: [{name: cheap, match: cheap, targets: [{pool: spare}]}]}
            ---
            apiVersion: llm-gateway.dev/v1alpha1
            kind: UpstreamAccount
            metadata: {name: a, creationTimestamp: "2026-11-25T12:00:00Z"}
            spec: {provider: Simulated, displayName: 生产账号, models: [{name: "sim*"}]}
            ---
            apiVersion: llm-gateway.dev/v1alpha1
            kind: UpstreamAccount
            metadata: {name: b}
            spec: {provider: Simulated, pool: spare, priority: 1, models: [{name: "sim*"}, {name: cheap}]}
            ---
            apiVersion: llm-gateway.dev/v1alpha1
            kind: GatewayKey
            metadata: {name: k}
            spec:
              source: {hashes: ["sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"]}
              owner: {kind: Group, name: data}
              limits: {requestsPerMinute: 60}
            """;

    static ServedFolder start(Path folder) {
        try {
            Files.writeString(folder.resolve("all.yaml"), MANIFESTS);
            HttpServer admin =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ServedFolder served = new ServedFolder(folder, new ConcurrentHashMap<>(), admin);
            served.serve();
            return served;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() {
        admin.createContext(
                "/",
                exchange -> {
                    String page = pages.getOrDefault(exchange.getRequestURI().getPath(), "");
                    byte[] body = page.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(
                            page.isEmpty() ? 404 : 200, body.length == 0 ? -1 : body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        admin.start();
        pages.put("/livez", "ok");
        pages.put("/readyz", "ok");
        pages.put("/accounts", ACCOUNTS);
        pages.put(
                "/plan",
                "{\"revision\":\"r-7\",\"gateway\":\"default/main\",\"accounts\":2,\"keys\":1,\"modelRoutes\":1,\"errors\":0,\"problems\":[]}");
        pages.put(
                "/usage",
                "{\"minutes\":5,\"keys\":{\"default/k\":{\"requests\":12,\"errors\":1,\"inputTokens\":90,\"outputTokens\":7}},\"accounts\":{\"default/a\":{\"requests\":12,\"errors\":1,\"inputTokens\":90,\"outputTokens\":7}}}");
    }

    /// The program on this folder, with this gateway.
    Cli cli() {
        return Cli.bare().always("--dir=" + folder, "--admin-port=" + admin.getAddress().getPort());
    }

    @Override
    public void close() {
        admin.stop(0);
    }
}
