package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.process.Poll;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Goals R1 and R13 with few peers and generous bounds; the promises themselves are judged by the
/// end-to-end tests under load.
@Timeout(60)
class SlowPeersIT {
    private static final int READERS = 20;
    private static final int SLOW = 60;

    /// Of one stream, by R1.
    private static final long HELD = 256 << 10;

    /// What the allocator takes at once, whatever is held.
    private static final long CHUNKS = 16 << 20;

    private static final String FLOOD =
            "POST /flood HTTP/1.1\r\nhost: test\r\ncontent-length: 0\r\n\r\n";

    @Test
    void manySlowReadersAreHeldCheaplyAndHoldNobodyUp() throws IOException {
        try (PlainUpstream upstream = new PlainUpstream(smallBuffers());
                EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            edge.endpoint(EdgeFixture.local(upstream.port()));
            edge.exchange("first");
            long before = direct();
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                slow.add(flooded(edge));
            }

            double still = secondsUntilStill(upstream);
            long held = direct() - before;
            long fast =
                    millis(() -> assertThat(read(flooded(edge))).isEqualTo(PlainUpstream.FLOOD));
            long brief = millis(() -> edge.exchange("beside them"));

            assertThat(still).isLessThan(8);
            assertThat(held).isLessThan(READERS * HELD + CHUNKS);
            assertThat(fast).isLessThan(10_000);
            assertThat(brief).isLessThan(1_000);
            assertThat(read(slow.removeFirst())).isEqualTo(PlainUpstream.FLOOD);
            for (Socket reader : slow) {
                reader.close();
            }
        }
    }

    @Test
    void slowClientsAreClosedAndHoldNobodyUp() throws IOException {
        try (PlainUpstream upstream = new PlainUpstream(smallBuffers());
                EdgeFixture edge = EdgeFixture.start(Limits.small(), EdgeFixture::echo)) {
            edge.endpoint(EdgeFixture.local(upstream.port()));
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < SLOW; i++) {
                slow.add(slowly(edge, i));
            }
            edge.awaitStats("all are there", stats -> stats.clientConnections() == SLOW);
            AtomicLong worst = new AtomicLong();

            Poll.untilTrue(
                    EdgeFixture.PATIENCE,
                    () -> "slow heads, bodies and readers are closed: " + edge.server().stats(),
                    () -> {
                        slow.forEach(SlowPeersIT::drip);
                        worst.accumulateAndGet(good(edge), Math::max);
                        return edge.server().stats().clientConnections() == 0;
                    });

            assertThat(worst.get()).isLessThan(2_000);
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static long good(EdgeFixture edge) {
        return millis(() -> assertThat(edge.exchange("good").body()).isEqualTo("body good"));
    }

    /// One third drips a head, one a body, one does not read a reply.
    private static Socket slowly(EdgeFixture edge, int kind) throws IOException {
        Socket socket = socket(edge);
        String start =
                switch (kind % 3) {
                    case 0 -> "POST /echo HTTP/1.1\r\nhost: test\r\nx-a: ";
                    case 1 -> "POST /echo HTTP/1.1\r\nhost: test\r\ncontent-length: 9999\r\n\r\n";
                    default -> FLOOD;
                };
        socket.getOutputStream().write(start.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void drip(Socket socket) {
        try {
            socket.getOutputStream().write('x');
        } catch (IOException _) {
            return; // closed, as it should be
        }
    }

    private static Socket flooded(EdgeFixture edge) throws IOException {
        Socket socket = socket(edge);
        socket.getOutputStream().write(FLOOD.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static Socket socket(EdgeFixture edge) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(64 << 10);
        socket.setSoTimeout(Math.toIntExact(EdgeFixture.PATIENCE.toMillis()));
        socket.connect(new InetSocketAddress(edge.address().getHost(), edge.address().getPort()));
        return socket;
    }

    private static ServerSocket smallBuffers() throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReceiveBufferSize(64 << 10);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), READERS);
        return server;
    }

    /// Bytes of direct memory in this process, which upstreams and clients of tests use none of.
    private static long direct() {
        long pools = 0;
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            pools += pool.getName().equals("direct") ? pool.getMemoryUsed() : 0;
        }
        return pools + Math.max(0, PlatformDependent.usedDirectMemory());
    }

    /// How long bytes of the flood were taken; known half a second later.
    private static double secondsUntilStill(PlainUpstream upstream) {
        long start = System.nanoTime();
        AtomicLong seen = new AtomicLong(-1);
        AtomicLong since = new AtomicLong(start);
        Poll.untilTrue(
                EdgeFixture.PATIENCE,
                () -> "the floods stand still",
                () -> {
                    long now = upstream.flooded();
                    if (now == 0 || seen.getAndSet(now) != now) {
                        since.set(System.nanoTime());
                    }
                    return System.nanoTime() - since.get() > 500_000_000L;
                });
        return (since.get() - start) / 1e9;
    }

    /// Length of the body behind a head.
    private static int read(Socket reply) throws IOException {
        try (Socket socket = reply) {
            InputStream in = socket.getInputStream();
            int matched = 0;
            while (matched < 4) {
                int c = in.read();
                assertThat(c).as("a head").isNotNegative();
                matched = c == "\r\n\r\n".charAt(matched) ? matched + 1 : c == '\r' ? 1 : 0;
            }
            int length = 0;
            byte[] piece = new byte[64 << 10];
            int read = 0;
            while (length < PlainUpstream.FLOOD && read >= 0) {
                length += read;
                read = length < PlainUpstream.FLOOD ? in.read(piece) : 0;
            }
            return length;
        }
    }

    private interface Doing {
        void run() throws IOException;
    }

    private static long millis(Doing doing) {
        long start = System.nanoTime();
        try {
            doing.run();
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
        return (System.nanoTime() - start) / 1_000_000;
    }
}
