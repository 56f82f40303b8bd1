package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.transport.Downstream;
import dev.llmgateway.runtime.transport.Loop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Keeps a silent stream alive for the proxies between: a beat for every `silence` without a byte
/// (translation.md 4.0). Relays hold back incomplete events, so a beat never falls inside one.
final class Heartbeat {
    /// What proxies between let pass; they cut at 30 s and more.
    static final long SILENCE_MILLIS = 10_000;

    /// OpenAI's clients fail on events they do not know; comments are all they accept.
    private static final byte[] COMMENT = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] PING =
            "event: ping\ndata: {\"type\": \"ping\"}\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Downstream downstream;
    private final byte[] beat;
    private final long silence;
    private final Runnable opening;
    private long lastByte;
    private Loop.@Nullable Cancellable next;

    /// @param silence milliseconds
    /// @param opening sends the reply's head before the first beat, if it was not sent
    Heartbeat(Downstream downstream, WireFormat format, long silence, Runnable opening) {
        this.downstream = downstream;
        this.beat = format == WireFormat.Messages ? PING : COMMENT;
        this.silence = silence;
        this.opening = opening;
        touch();
        schedule(silence);
    }

    void touch() {
        lastByte = downstream.loop().now();
    }

    void stop() {
        if (next != null) {
            next.cancel();
        }
    }

    private void schedule(long millis) {
        next = downstream.loop().after(millis, this::check);
    }

    private void check() {
        long silent = downstream.loop().now() - lastByte;
        if (silent < silence) {
            schedule(silence - silent);
            return;
        }
        opening.run();
        if (downstream.writable()) {
            ByteBuf bytes = Unpooled.wrappedBuffer(beat);
            downstream.data(bytes);
            downstream.flush();
        }
        touch();
        schedule(silence);
    }
}
