package dev.llmgateway.operator.pods;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// A program that plays a provider of OpenAI's dialect in the node's network: it takes credentials
/// that begin with `good`, and tells at `/seen` how often each was shown.
final class Upstream {
    private static final String REPLY =
            """
            {"id":"c-1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop",\
            "message":{"role":"assistant","content":"hello"}}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}
            """;
    private static final String REFUSAL =
            """
            {"error":{"message":"Incorrect API key provided","type":"invalid_request_error","code":"invalid_api_key"}}
            """;
    private static final ConcurrentMap<String, AtomicLong> SEEN = new ConcurrentHashMap<>();

    private Upstream() {}

    /// @param arguments the address to listen on; the port is free and printed
    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(arguments[0], 0), 4_096);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/seen", Upstream::tell);
        server.createContext("/", Upstream::serve);
        server.start();
        System.out.println(server.getAddress().getPort());
    }

    private static void serve(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = exchange.getRequestBody()) {
            body.readAllBytes();
            String credential =
                    Objects.requireNonNullElse(
                                    exchange.getRequestHeaders().getFirst("authorization"), "")
                            .replace("Bearer ", "");
            SEEN.computeIfAbsent(credential, _ -> new AtomicLong()).incrementAndGet();
            boolean good = credential.startsWith("good");
            answer(exchange, good ? 200 : 401, good ? REPLY : REFUSAL);
        }
    }

    private static void tell(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange, 200, SEEN.toString());
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
