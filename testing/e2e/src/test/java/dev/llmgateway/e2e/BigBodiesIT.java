package dev.llmgateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.GatewayProcess;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// reliability-security.md R3: 64 clients with 32 MiB each before the packaged program with its own
/// flags (less heap than the row's 512 MiB).
@Tag("full")
class BigBodiesIT {
    private static final int MIB = 1 << 20;
    private static final int CLIENTS = 64;
    private static final int KEYS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// Bodies a client of ours writes at one time: the machine's memory is not what is tested.
    private static final String PIECE = "iVBORw0KGgoAAAANSUhEUgAA".repeat(MIB / 24);

    @Test
    void sixtyFourLargeBodiesAreServedOrToldToComeAgain(@TempDir Path folder, TestReporter reporter)
            throws Exception {
        try (CountingUpstream upstream = new CountingUpstream()) {
            manifests(folder, upstream.port());
            try (GatewayProcess gateway = GatewayProcess.ready(folder);
                    ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Integer>> answers = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    int number = i;
                    answers.add(clients.submit(() -> post(gateway, number)));
                }
                AtomicInteger served = new AtomicInteger();
                for (Future<Integer> answer : answers) {
                    assertThat(answer.get()).isIn(200, 503);
                    served.addAndGet(answer.get() == 200 ? 1 : 0);
                }
                reporter.publishEntry("served of " + CLIENTS, String.valueOf(served));

                assertThat(served.get()).isGreaterThanOrEqualTo(8);
                assertThat(upstream.fault.get()).isNull();
                assertThat(upstream.whole).hasSize(served.get());
                assertThat(gateway.stderr()).doesNotContain("OutOfMemory");
                assertThat(tooLarge(gateway).status()).isEqualTo(413);
            }
        }
    }

    private static int post(GatewayProcess gateway, int number) throws IOException {
        try (RawClient client = RawClient.connect(gateway.data(), PATIENCE)) {
            String start = "{\"model\":\"m\",\"n\":\"" + number + "\",\"image\":\"";
            int pieces = 31;
            long length = start.length() + (long) pieces * PIECE.length() + 2;
            client.send(head(number % KEYS, length) + start);
            for (int i = 0; i < pieces; i++) {
                client.send(PIECE);
            }
            HttpMessage answer = client.send("\"}").response();
            if (answer.status() == 503) {
                assertThat(answer.field("retry-after")).isPresent();
            }
            return answer.status();
        } catch (java.net.SocketException _) {
            return 503; // refused while it was still sending: the reset came before the reply
        }
    }

    private static HttpMessage tooLarge(GatewayProcess gateway) throws IOException {
        try (RawClient client = RawClient.connect(gateway.data(), PATIENCE)) {
            return client.send(head(0, 33L * MIB)).response();
        }
    }

    private static String head(int key, long length) {
        return "POST /v1/chat/completions HTTP/1.1\r\nhost: test\r\nx-api-key: "
                + Manifests.KEY
                + key
                + "\r\ncontent-type: application/json\r\ncontent-length: "
                + length
                + "\r\n\r\n";
    }

    private static void manifests(Path folder, int port) {
        Manifests manifests = new Manifests(folder);
        manifests.write(
                "gateway.yaml",
                Manifests.object("GatewayConfig", "main", "egress: {allowPrivateNetworks: true}"));
        manifests.write(
                "account.yaml",
                Manifests.object(
                        "UpstreamAccount",
                        "counting",
                        """
                        provider: OpenAICompatible
                        baseURL: http://127.0.0.1:%d/v1
                        formats: [ChatCompletions]
                        models: [{name: "*"}]
                        auth: {none: {}}
                        """
                                .formatted(port)));
        for (int i = 0; i < KEYS; i++) {
            manifests.write(
                    "key" + i + ".yaml",
                    Manifests.object("GatewayKey", "k" + i, Manifests.key(Manifests.KEY + i)));
        }
    }

    /// Reads bodies without keeping them and compares each byte with what was sent.
    private static final class CountingUpstream implements AutoCloseable {
        private final ServerSocket server =
                new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        private final Set<String> whole = java.util.Collections.synchronizedSet(new HashSet<>());
        private final AtomicReference<Throwable> fault = new AtomicReference<>();
        private final Semaphore four = new Semaphore(4);

        CountingUpstream() throws IOException {
            Thread.ofVirtual().start(this::accept);
        }

        int port() {
            return server.getLocalPort();
        }

        private void accept() {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    Thread.ofVirtual().start(() -> serve(socket));
                } catch (IOException e) {
                    if (!server.isClosed()) {
                        fault.set(e);
                    }
                }
            }
        }

        private void serve(Socket socket) {
            try (socket) {
                InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
                for (String head = head(in); !head.isEmpty(); head = head(in)) {
                    four.acquire();
                    try {
                        read(in, length(head));
                    } finally {
                        four.release();
                    }
                    socket.getOutputStream()
                            .write(
                                    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"
                                            .getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException | AssertionError e) {
                fault.set(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void read(InputStream in, int length) throws IOException {
            String prefix = "{\"model\":\"m\",\"n\":\"";
            assertThat(text(in, prefix.length())).isEqualTo(prefix);
            StringBuilder number = new StringBuilder();
            for (int c = in.read(); c != '"'; c = in.read()) {
                number.append((char) c);
            }
            String infix = ",\"image\":\"";
            assertThat(text(in, infix.length())).isEqualTo(infix);
            int left = length - prefix.length() - number.length() - 1 - infix.length() - 2;
            assertThat(left % PIECE.length()).isZero();
            byte[] piece = PIECE.getBytes(StandardCharsets.US_ASCII);
            for (; left > 0; left -= piece.length) {
                assertThat(java.util.Arrays.equals(in.readNBytes(piece.length), piece)).isTrue();
            }
            assertThat(text(in, 2)).isEqualTo("\"}");
            assertThat(whole.add(number.toString())).isTrue();
        }

        private static String text(InputStream in, int length) throws IOException {
            return new String(in.readNBytes(length), StandardCharsets.US_ASCII);
        }

        private static int length(String head) {
            return head.lines()
                    .filter(line -> line.startsWith("content-length: "))
                    .mapToInt(line -> Integer.parseInt(line.substring(16).strip()))
                    .findFirst()
                    .orElseThrow();
        }

        private static String head(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            for (int c = in.read(); c >= 0; c = in.read()) {
                head.append((char) c);
                if (c == '\n' && head.toString().endsWith("\r\n\r\n")) {
                    break;
                }
            }
            return head.toString();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
