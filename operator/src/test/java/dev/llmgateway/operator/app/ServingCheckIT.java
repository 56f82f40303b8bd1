package dev.llmgateway.operator.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServingCheckIT {
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;

    /// 503 to the first, later 200 to whoever shows the key.
    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext(
                "/",
                exchange -> {
                    boolean known = "k".equals(exchange.getRequestHeaders().getFirst("x-api-key"));
                    int late = asked.getAndIncrement() == 0 ? 503 : 401;
                    exchange.sendResponseHeaders(known && late == 401 ? 200 : late, -1);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void itAsksUntilEveryUrlAnswers() {
        assertThatCode(() -> ServingCheck.await("k", Duration.ofMinutes(1), url("/a"), url("/b")))
                .doesNotThrowAnyException();
    }

    @Test
    void itSaysTheLastAnswerOfTheOneThatDoesNot() {
        assertThatThrownBy(() -> ServingCheck.await("", Duration.ofSeconds(1), url("/models")))
                .hasMessage(url("/models") + ": 401");
    }

    private String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }
}
