package dev.llmgateway.operator.pods;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.llmgateway.fixtures.idp.Call;
import dev.llmgateway.fixtures.idp.Endpoint;
import dev.llmgateway.fixtures.idp.Fault;
import dev.llmgateway.fixtures.idp.IdentityProvider;
import dev.llmgateway.fixtures.idp.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// A program that plays a provider whose callers sign in: an identity provider, and beside it
/// models that serve its living access tokens only. Its ledger stands at `/seen`; `/login` signs
/// somebody in, `/end` ends every access token, `/late` makes the next answer of the token endpoint
/// come after 5 s, `/life` takes the seconds that access tokens last.
final class SignedInUpstream {
    private static final String REPLY =
            """
            {"id":"c-1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop",\
            "message":{"role":"assistant","content":"hello"}}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}
            """;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final IdentityProvider provider;
    private final AtomicLong served = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    private SignedInUpstream(IdentityProvider provider) {
        this.provider = provider;
    }

    /// @param arguments the address to listen on; the port is free and printed
    public static void main(String[] arguments) throws IOException {
        InetAddress address = InetAddress.getByName(arguments[0]);
        SignedInUpstream upstream = new SignedInUpstream(IdentityProvider.startAt(address));
        HttpServer server = HttpServer.create(new InetSocketAddress(address, 0), 4_096);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", upstream::serve);
        server.start();
        System.out.println(server.getAddress().getPort());
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = exchange.getRequestBody()) {
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            switch (exchange.getRequestURI().getPath()) {
                case "/seen" -> answer(exchange, 200, JSON.writeValueAsString(seen()));
                case "/login" -> answer(exchange, 200, JSON.writeValueAsString(login()));
                case "/end" -> {
                    provider.endAccessTokens();
                    answer(exchange, 200, "{}");
                }
                case "/late" -> {
                    provider.next(Endpoint.Token, new Fault.Late(Duration.ofSeconds(5)));
                    answer(exchange, 200, "{}");
                }
                case "/life" -> {
                    Duration life = Duration.ofSeconds(Long.parseLong(text));
                    provider.change(settings -> settings.withAccessTokenLife(life));
                    answer(exchange, 200, "{}");
                }
                default -> model(exchange);
            }
        }
    }

    private void model(HttpExchange exchange) throws IOException {
        String credential =
                Objects.requireNonNullElse(
                                exchange.getRequestHeaders().getFirst("authorization"), "")
                        .replace("Bearer ", "");
        boolean good = provider.accepts(credential);
        (good ? served : refused).incrementAndGet();
        answer(exchange, good ? 200 : 401, good ? REPLY : "{\"error\":{\"message\":\"expired\"}}");
    }

    private Map<String, Object> seen() {
        return Map.of(
                "served", served.get(),
                "refused", refused.get(),
                "refreshes",
                        provider.calls("refresh_token").stream().filter(Call::succeeded).count(),
                "calls", provider.calls(Endpoint.Token).size(),
                "reuses", provider.reuses(),
                "token", provider.url(Endpoint.Token).toString());
    }

    private Map<String, Object> login() {
        Tokens tokens = provider.login();
        return Map.of("refresh", tokens.refresh(), "family", tokens.family());
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
