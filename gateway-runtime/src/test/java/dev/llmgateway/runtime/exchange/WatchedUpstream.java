package dev.llmgateway.runtime.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// An upstream that says the same to every call, then does nothing but watch for its end, so that
/// the moment at which it sees that is exact. One call a connection.
final class WatchedUpstream implements AutoCloseable {
    /// What it says instead of a reply to leave the request's body unread until it is told.
    static final String UNREAD = "unread";

    private final ServerSocket server;
    private final String reply;
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();

    private WatchedUpstream(ServerSocket server, String reply) {
        this.server = server;
        this.reply = reply;
    }

    static WatchedUpstream start(String reply) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReceiveBufferSize(16 << 10); // a body waits in the gateway, not in the kernel
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        WatchedUpstream upstream = new WatchedUpstream(server, reply);
        Thread.ofVirtual().name("watched-upstream").start(upstream::accept);
        return upstream;
    }

    int port() {
        return server.getLocalPort();
    }

    int accepted() {
        return accepted.get();
    }

    /// The next call, once its head is here and the reply is written.
    Call next() {
        try {
            return Objects.requireNonNull(calls.poll(20, TimeUnit.SECONDS), "no call came");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                accepted.incrementAndGet();
                Thread.ofVirtual().start(() -> watch(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void watch(Socket accepted) {
        Call call = new Call();
        try (Socket socket = accepted) {
            InputStream in = socket.getInputStream();
            int matched = 0;
            while (matched < 4) {
                int read = in.read();
                if (read < 0) {
                    return;
                }
                matched = read == "\r\n\r\n".charAt(matched) ? matched + 1 : read == '\r' ? 1 : 0;
            }
            boolean unread = reply.equals(UNREAD);
            if (!unread) {
                socket.getOutputStream().write(reply.getBytes(StandardCharsets.ISO_8859_1));
            }
            calls.add(call);
            if (unread) {
                call.reading.await();
            }
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            // A reset is an end as well.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        call.ended.complete(System.nanoTime());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /// One call.
    static final class Call {
        private final CountDownLatch reading = new CountDownLatch(1);
        private final CompletableFuture<Long> ended = new CompletableFuture<>();

        void readOn() {
            reading.countDown();
        }

        /// @param nanos a moment before
        double endedMillisAfter(long nanos) {
            return (ended.orTimeout(20, TimeUnit.SECONDS).join() - nanos) / 1e6;
        }
    }
}
