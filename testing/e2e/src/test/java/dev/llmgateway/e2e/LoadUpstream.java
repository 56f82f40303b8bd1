package dev.llmgateway.e2e;

import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.MessageReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/// An upstream for loads, which answers by the model asked: `bulk` 10 MiB of JSON, `idle` a stream
/// that says one word and then nothing, `faulty` a short reply that breaks off now and then, any
/// other a short reply.
final class LoadUpstream implements AutoCloseable {
    static final int BULK = 10 << 20;

    private static final String CHUNK =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word\"}}]}\n\n";
    private static final String STREAM =
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
                    + Integer.toHexString(CHUNK.length())
                    + "\r\n"
                    + CHUNK
                    + "\r\n";
    private static final String REPLY =
            "{\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":5}}";

    private final ServerSocket server;
    private final AtomicLong bulk = new AtomicLong();

    LoadUpstream() throws IOException {
        server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4_096);
        Thread.ofVirtual().name("load-upstream").start(this::accept);
    }

    /// The one account of a folder, at this upstream.
    Manifests before(Manifests manifests) {
        URI address = URI.create("http://127.0.0.1:" + server.getLocalPort());
        return before(
                manifests,
                address,
                "\nobservability: {accessLog: {enabled: false}}\nrequest: {maxConcurrent: 20000}");
    }

    /// The one account of a folder, at this upstream.
    ///
    /// @param settings more lines of the gateway's spec
    static Manifests before(Manifests manifests, URI upstream, String settings) {
        manifests.write(
                "gateway.yaml",
                Manifests.object(
                        "GatewayConfig",
                        "main",
                        "egress: {allowPrivateNetworks: true}" + settings));
        manifests.write(
                "account.yaml",
                Manifests.object(
                        "UpstreamAccount",
                        "upstream",
                        "provider: OpenAICompatible\nbaseURL: "
                                + upstream
                                + "/v1\nformats: [ChatCompletions]\nmodels: [{name: \"*\"}]\nauth: {none: {}}"));
        return manifests;
    }

    /// Bytes of bulk replies that the gateway's sockets have taken.
    long bulkTaken() {
        return bulk.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket accepted) {
        SplittableRandom random = new SplittableRandom();
        try (Socket socket = accepted) {
            socket.setSendBufferSize(64 << 10);
            socket.setTcpNoDelay(true);
            MessageReader reader =
                    new MessageReader(new BufferedInputStream(socket.getInputStream()));
            Optional<HttpMessage> request = reader.request();
            while (request.isPresent() && answer(request.get().body(), socket, random)) {
                request = reader.request();
            }
        } catch (SocketException | java.io.EOFException _) {
            return; // the gateway left
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether the connection goes on.
    private boolean answer(String body, Socket socket, SplittableRandom random) throws IOException {
        OutputStream out = socket.getOutputStream();
        if (body.contains("\"bulk\"")) {
            bulk(out);
        } else if (body.contains("\"idle\"")) {
            out.write(ascii(STREAM));
        } else if (body.contains("\"faulty\"") && random.nextInt(100) == 0) {
            out.write(ascii(json(REPLY).substring(0, random.nextInt(20, 140))));
            socket.setSoLinger(random.nextBoolean(), 0);
            return false;
        } else {
            out.write(ascii(json(REPLY)));
        }
        return true;
    }

    private void bulk(OutputStream out) throws IOException {
        byte[] piece = new byte[64 << 10];
        Arrays.fill(piece, (byte) ' ');
        out.write(
                ascii(
                        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
                                + BULK
                                + "\r\n\r\n"));
        for (int sent = 0; sent < BULK; sent += piece.length) {
            if (sent + piece.length == BULK) {
                piece[piece.length - 2] = '{';
                piece[piece.length - 1] = '}';
            }
            out.write(piece);
            bulk.addAndGet(piece.length);
        }
    }

    private static String json(String body) {
        return "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
