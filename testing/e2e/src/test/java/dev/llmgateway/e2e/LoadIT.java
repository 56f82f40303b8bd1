package dev.llmgateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.figures.Figures;
import dev.llmgateway.fixtures.figures.Promise;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.GatewayProcess;
import dev.llmgateway.fixtures.process.Poll;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged gateway under slow, idle and broken peers (goals R1, R2, R13, R23).
@Tag("full")
class LoadIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void slow_readers_are_held_cheaply_and_hold_nobody_up(@TempDir Path folder) throws IOException {
        int readers = 200;
        try (var upstream = new LoadUpstream();
                var gateway = start(upstream, folder)) {
            warm(gateway);
            double alone = bulkMillis(gateway);
            Usage before = Usage.of(gateway.pid());
            AtomicBoolean reading = new AtomicBoolean(true);
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < readers; i++) {
                slow.add(slowReader(gateway.data(), reading));
            }
            double until = secondsUntilSettled(upstream, readers);
            Usage during = Usage.of(gateway.pid());

            double beside = bulkMillis(gateway);

            reading.set(false);
            closeAll(slow);
            double each =
                    Math.max(0, during.residentKib() - before.residentKib()) / (double) readers;
            Figures.hold("R1", "held for a slow reader", each, "KiB", Promise.atMost(256));
            Figures.hold(
                    "R1",
                    "until the upstream of 200 readers of 1 KiB/s is not read any more",
                    until,
                    "s",
                    Promise.atMost(2));
            Figures.hold(
                    "R1",
                    "a fast client's throughput beside them",
                    100 * alone / beside,
                    "%",
                    Promise.atLeast(90));
        }
    }

    /// Time from now until a second passes in which less is taken than readers of 1 KiB/s could
    /// need many times over: the kernel's buffers, above a MiB for each, are full then.
    private static double secondsUntilSettled(LoadUpstream upstream, int readers) {
        long start = System.nanoTime();
        long end = start + PATIENCE.toNanos();
        long settled = start;
        long taken = upstream.bulkTaken();
        while (System.nanoTime() - settled < Duration.ofSeconds(1).toNanos()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("still read from: " + upstream.bulkTaken() + " bytes");
            }
            pass(Duration.ofMillis(50));
            if (upstream.bulkTaken() - taken > readers * (16L << 10)) {
                taken = upstream.bulkTaken();
                settled = System.nanoTime();
            }
        }
        return (settled - start) / 1e9;
    }

    private static Socket slowReader(URI gateway, AtomicBoolean reading) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 << 10);
        socket.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()));
        socket.getOutputStream().write(request("bulk", false));
        Thread.ofVirtual()
                .start(() -> {
                    byte[] sip = new byte[1024];
                    try {
                        while (reading.get() && socket.getInputStream().read(sip) > 0) {
                            pass(Duration.ofSeconds(1));
                        }
                    } catch (IOException _) {
                        return; // closed at the test's end
                    }
                });
        return socket;
    }

    /// The median of five downloads.
    private static double bulkMillis(GatewayProcess gateway) throws IOException {
        List<Double> taken = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            try (Socket socket = new Socket(gateway.data().getHost(), gateway.data().getPort())) {
                long start = System.nanoTime();
                socket.getOutputStream().write(request("bulk", false));
                long left = LoadUpstream.BULK;
                byte[] piece = new byte[64 << 10];
                while (left > 0) {
                    int read = socket.getInputStream().read(piece);
                    assertThat(read).isPositive();
                    left -= read; // the head counts as well, which shortens all alike
                }
                taken.add((System.nanoTime() - start) / 1e6);
            }
        }
        return taken.stream().sorted().toList().get(2);
    }

    @Test
    void idle_streams_cost_little_and_leave_nothing(@TempDir Path folder) throws IOException {
        int streams = 5_000;
        try (var upstream = new LoadUpstream();
                var gateway = start(upstream, folder)) {
            warm(gateway);
            Usage before = Usage.of(gateway.pid());
            List<Socket> idle = new ArrayList<>();
            for (int i = 0; i < streams; i++) {
                idle.add(idleStream(gateway.data()));
            }
            Usage during = Usage.of(gateway.pid());
            PacedLoad probes = PacedLoad.run(gateway.data(), "short", 50, Duration.ofSeconds(10));

            closeAll(idle);

            Poll.untilTrue(
                    Duration.ofSeconds(10),
                    () -> "files as before: " + before.files(),
                    () -> Usage.of(gateway.pid()).files() <= before.files() + 18);
            Usage after = Usage.of(gateway.pid());
            assertThat(probes.failures()).isZero();
            Figures.hold(
                    "R2",
                    "heap with 5,000 idle streams",
                    during.heapKib() / 1024.0,
                    "MiB",
                    Promise.atMost(220));
            Figures.hold(
                    "R2",
                    "memory of the process with them",
                    during.residentKib() / 1024.0,
                    "MiB",
                    Promise.atMost(512));
            Figures.hold("R2", "probes beside them, p99", probes.p99(), "ms", Promise.atMost(20));
            // The probes' eight kept connections on each side come on top.
            Figures.hold(
                    "R2",
                    "files left behind them",
                    Math.abs((double) after.files() - before.files()),
                    "",
                    Promise.atMost(10 + 8));
            Figures.hold(
                    "R2",
                    "heap left behind them",
                    (after.heapKib() - before.heapKib()) / 1024.0,
                    "MiB",
                    Promise.atMost(10));
        }
    }

    static Socket idleStream(URI gateway) throws IOException {
        Socket socket = new Socket(gateway.getHost(), gateway.getPort());
        socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
        socket.getOutputStream().write(request("idle", true));
        byte[] reply = new byte[4096];
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf("word") < 0) {
            int read = socket.getInputStream().read(reply);
            assertThat(read).as("a stream begins; seen: " + seen).isPositive();
            seen.append(new String(reply, 0, read, StandardCharsets.ISO_8859_1));
        }
        return socket;
    }

    @Test
    void slow_clients_do_not_slow_others(@TempDir Path folder) throws IOException {
        int slow = 2_000;
        try (var upstream = new LoadUpstream();
                var gateway = start(upstream, folder)) {
            warm(gateway);
            Duration length = Duration.ofSeconds(20);
            double alone = PacedLoad.run(gateway.data(), "short", 50, length).p99();
            List<Socket> sockets = new ArrayList<>();
            AtomicBoolean dripping = new AtomicBoolean(true);
            for (int i = 0; i < slow; i++) {
                sockets.add(slowClient(gateway.data(), i, dripping));
            }
            long start = System.nanoTime();
            // Filling a MiB of kernel buffers for each who does not read is no slowness of theirs.
            secondsUntilSettled(upstream, slow / 3);

            PacedLoad good = PacedLoad.run(gateway.data(), "short", 50, length);

            Poll.untilTrue(
                    Duration.ofSeconds(30),
                    () -> "the connections of slow heads and bodies are closed",
                    () -> Usage.of(gateway.pid()).files() < slow / 3 + 200 + 2 * slow / 3 / 2);
            long closed = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            dripping.set(false);
            closeAll(sockets);
            assertThat(good.failures()).isZero();
            Figures.note(
                    "R13",
                    "slow heads and bodies are closed",
                    (double) closed,
                    "s",
                    Promise.atMost(30));
            Figures.hold(
                    "R13",
                    "good requests' p99 beside 2,000 slow clients, to without",
                    good.p99() / Math.max(alone, 1),
                    "x",
                    Promise.atMost(2));
        }
    }

    /// One third drips a head, one a body, one does not read a reply.
    private static Socket slowClient(URI gateway, int kind, AtomicBoolean dripping)
            throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4 << 10);
        socket.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()));
        String whole = new String(request("short", false), StandardCharsets.US_ASCII);
        int headEnd = whole.indexOf("\r\n\r\n") + 4;
        switch (kind % 3) {
            case 0 -> drip(socket, "POST /v1/messages HTTP/1.1\r\nhost: a\r\nx-a: ", dripping);
            case 1 ->
                    drip(
                            socket,
                            whole.substring(0, headEnd)
                                    .replaceFirst("content-length: \\d+", "content-length: 100000"),
                            dripping);
            default -> socket.getOutputStream().write(request("bulk", false));
        }
        return socket;
    }

    private static void drip(Socket socket, String start, AtomicBoolean dripping) {
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        socket.getOutputStream().write(start.getBytes(StandardCharsets.US_ASCII));
                        while (dripping.get()) {
                            pass(Duration.ofSeconds(1));
                            socket.getOutputStream().write('x');
                        }
                    } catch (IOException _) {
                        return; // closed, as it should be
                    }
                });
    }

    @Test
    void five_minutes_of_faults_leave_nothing(@TempDir Path folder) throws IOException {
        int minutes = 5;
        try (var upstream = new LoadUpstream();
                var gateway = start(upstream, folder)) {
            PacedLoad.run(gateway.data(), "faulty", 300, Duration.ofMinutes(1));
            Usage before = Usage.of(gateway.pid());

            PacedLoad load =
                    PacedLoad.run(gateway.data(), "faulty", 300, Duration.ofMinutes(minutes));

            Usage after = Usage.of(gateway.pid());
            assertThat(load.millis().size()).isGreaterThan(250 * 60 * minutes);
            Figures.note(
                    "R23",
                    "requests that broke off",
                    (double) load.failures(),
                    "",
                    Promise.atLeast(1));
            // The promise: 1 MiB in ten minutes.
            held23("heap", (after.heapKib() - before.heapKib()) / 1024.0, "MiB", 0.5 * 2);
            held23(
                    "memory of the process",
                    (after.residentKib() - before.residentKib()) / 1024.0,
                    "MiB",
                    16);
            held23("files", (double) after.files() - before.files(), "", 20);
            held23("threads", (double) after.threads() - before.threads(), "", 2);
            assertThat(gateway.stderr()).doesNotContain("LEAK");
        }
    }

    private static void held23(String what, double grown, String unit, double bound) {
        Figures.hold(
                "R23", what + " grown in 5 min of 1 % faults", grown, unit, Promise.atMost(bound));
    }

    private static GatewayProcess start(LoadUpstream upstream, Path folder) {
        return GatewayProcess.ready(upstream.before(Manifests.simulated(folder)).folder());
    }

    private static void warm(GatewayProcess gateway) throws IOException {
        PacedLoad load = PacedLoad.run(gateway.data(), "short", 300, Duration.ofSeconds(10));
        assertThat(load.failures()).isZero();
        try (RawClient client = RawClient.connect(gateway.data(), PATIENCE)) {
            client.send(new String(request("bulk", false), StandardCharsets.US_ASCII));
            assertThat(client.response().status()).isEqualTo(200);
        }
    }

    private static byte[] request(String model, boolean stream) {
        String body = PacedLoad.body(model, stream);
        return ("POST /v1/chat/completions HTTP/1.1\r\nhost: test\r\n"
                        + PacedLoad.fields()
                        + "content-length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    static void closeAll(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static void pass(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
