package dev.llmgateway.operator.fleet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.llmgateway.fixtures.process.Repository;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/// The admin port of a pod that answers with recorded pages: each question waits for the next one.

public final class AdminPort implements AutoCloseable {
    private static final Path PAGES =
            Repository.root().resolve("testing/fixtures/src/main/resources/reports");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private record Answer(int status, String body) {}

    private AdminPort(HttpServer server) {
        this.server = server;
    }

    public static AdminPort start() throws IOException {
        AdminPort port =
                new AdminPort(
                        HttpServer.create(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        port.server.createContext("/report", port::answer);
        port.server.setExecutor(port.threads);
        port.server.start();
        return port;
    }

    /// One of the pages that gateway-runtime's own test compares with its output.
    static String page(String name) {
        try {
            return Files.readString(PAGES.resolve(name + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void tell(String name) {
        report(page(name));
    }

    public void report(String page) {
        answers.add(new Answer(200, page));
    }

    void fail(int status, String body) {
        answers.add(new Answer(status, body));
    }

    /// `<query> <authorization>` of each question.
    public List<String> asked() {
        return asked;
    }

    /// A pod whose admin port this is.
    public Pod pod(String name, boolean ready) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withUid("uid-of-" + name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("gateway")
                .addNewPort()
                .withName("admin")
                .withContainerPort(server.getAddress().getPort())
                .endPort()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPodIP("127.0.0.1")
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .endCondition()
                .endStatus()
                .build();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(
                exchange.getRequestURI().getQuery()
                        + " "
                        + exchange.getRequestHeaders().getFirst("Authorization"));
        try {
            Answer answer = answers.take();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
