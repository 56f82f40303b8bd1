package dev.llmgateway.runtime.telemetry;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// One JSON line per request on a stream, written by one thread; loops only copy bytes into rings.
public final class AccessLog implements AutoCloseable {
    private static final int RING_BYTES = 1 << 20;
    private static final long IDLE_NANOS = 20_000_000;

    private final OutputStream out;
    private final List<LogRing> rings = new ArrayList<>();
    private final List<JsonLine> lines = new ArrayList<>();
    private final Thread writer;
    private volatile boolean open = true;

    /// @param loops number of event loops
    /// @param out where lines go; never closed here
    public AccessLog(int loops, OutputStream out) {
        this.out = out;
        for (int i = 0; i < loops; i++) {
            rings.add(new LogRing(RING_BYTES));
            lines.add(new JsonLine());
        }
        this.writer = Thread.ofPlatform().daemon().name("access-log").unstarted(this::write);
    }

    public AccessLog start() {
        writer.start();
        return this;
    }

    /// Called on the loop with that index.
    public void write(int loop, AccessRecord record) {
        JsonLine line = lines.get(loop).begin();
        line.time("time", record.epochMillis())
                .text("request_id", record.requestId())
                .ref("key", record.key())
                .path("owner", record.ownerKind(), record.ownerName())
                .text("format_in", record.formatIn())
                .text("format_out", record.formatOut())
                .text("model_asked", record.modelAsked())
                .text("model_served", record.modelServed())
                .ref("account", record.account())
                .number("attempts", record.attempts())
                .number("status", record.status())
                .text("outcome", record.outcome().text())
                .flag("stream", record.stream());
        tokens(line, record);
        line.number("ms", record.totalMillis())
                .number("ms_first_byte", record.firstByteMillis())
                .number("ms_upstream", record.upstreamMillis())
                .number("bytes_in", record.bytesIn())
                .number("bytes_out", record.bytesOut());
        if (!record.warnings().isEmpty()) {
            line.text("warnings", record.warnings());
        }
        if (!record.failure().isEmpty()) {
            line.text("failure", record.failure());
        }
        line.end();
        rings.get(loop).offer(line.bytes(), line.length());
    }

    /// Lines lost so far because the writer could not follow.
    public long dropped() {
        return rings.stream().mapToLong(LogRing::dropped).sum();
    }

    private static void tokens(JsonLine line, AccessRecord record) {
        line.number("input_tokens", record.usage().input())
                .number("output_tokens", record.usage().output())
                .number("cache_read_tokens", record.usage().cacheRead())
                .number("cache_write_tokens", record.usage().cacheWrite());
    }

    private void write() {
        try {
            while (open) {
                if (!drain()) {
                    LockSupport.parkNanos(IDLE_NANOS);
                }
            }
            drain();
        } catch (IOException e) {
            throw new UncheckedIOException("the access log cannot be written", e);
        }
    }

    private boolean drain() throws IOException {
        boolean any = false;
        for (LogRing ring : rings) {
            any |= ring.drainTo(out);
        }
        if (any) {
            out.flush();
        }
        return any;
    }

    /// Writes what is left and stops.
    @Override
    public void close() {
        open = false;
        LockSupport.unpark(writer);
        try {
            writer.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
