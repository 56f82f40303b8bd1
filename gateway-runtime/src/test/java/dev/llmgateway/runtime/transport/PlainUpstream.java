package dev.llmgateway.runtime.transport;

import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.MessageReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;

/// An upstream on any server socket that echoes bodies, floods `/flood`, and does not read the body
/// of a connection that begins with a call of `/slow` before it is told to.
final class PlainUpstream implements AutoCloseable {
    static final int FLOOD = 50 << 20;

    private final ServerSocket server;
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicLong flooded = new AtomicLong();
    private final CountDownLatch reading = new CountDownLatch(1);
    private final CountDownLatch slow = new CountDownLatch(1);

    PlainUpstream(ServerSocket server) {
        this.server = server;
        Thread.ofVirtual().name("plain-upstream").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /// Connections so far.
    int accepted() {
        return accepted.get();
    }

    /// Bytes of the flood that were taken from here so far.
    long flooded() {
        return flooded.get();
    }

    /// Waits for the slow call.
    void awaitSlow() throws InterruptedException {
        slow.await();
    }

    void read() {
        reading.countDown();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                accepted.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket accepted) {
        try (Socket socket = accepted) {
            BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
            MessageReader reader = new MessageReader(in);
            in.mark(64);
            String start = new String(in.readNBytes(10), StandardCharsets.US_ASCII);
            in.reset();
            if (start.equals("POST /slow")) {
                slow.countDown();
                reading.await();
            }
            Optional<HttpMessage> request = reader.request();
            while (request.isPresent()) {
                answer(request.get(), socket.getOutputStream());
                request = reader.request();
            }
        } catch (SSLException | SocketException _) {
            return; // the peer refused the certificate, or left
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpMessage request, OutputStream out) throws IOException {
        boolean flood = request.startLine().startsWith("POST /flood");
        String body = request.body();
        int length = flood ? FLOOD : body.length();
        String head = "HTTP/1.1 200 OK\r\ncontent-length: " + length + "\r\n\r\n";
        out.write((head + (flood ? "" : body)).getBytes(StandardCharsets.ISO_8859_1));
        byte[] piece = new byte[64 << 10];
        for (int sent = 0; flood && sent < FLOOD; sent += piece.length) {
            out.write(piece);
            flooded.addAndGet(piece.length);
        }
    }

    @Override
    public void close() throws IOException {
        reading.countDown();
        server.close();
    }
}
