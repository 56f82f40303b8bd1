package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.GatewaySettings;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.ErrorEnvelope;
import dev.llmgateway.runtime.dialect.StreamPosition;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.transport.Downstream;
import dev.llmgateway.runtime.transport.HeaderLines;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The point of no return: holds a reply back until the client is to know of it. A document begins
/// with its first byte; a stream with its first content, or after a while without any, since until
/// then a failure can still choose its status and another account can answer (translation.md 4.0).
final class Commit {
    /// Bytes of events before the first content that are kept; more than any vendor sends.
    private static final int MOST_EARLY = 64 << 10;

    private final Delivery delivery;
    private final Workspace workspace;
    private final Trail trail;
    private final Downstream downstream;
    private final WireFormat format;

    /// A stream is held until its first content, not only its first event.
    private final boolean patient;

    private @Nullable HeaderLines held;
    private @Nullable Heartbeat heartbeat;
    private long contentLength;
    private int status;
    private boolean stream;
    private boolean answering;
    private List<ByteBuf> early = List.of();
    private int earlyBytes;
    private int losses;

    /// @param format the client's
    Commit(
            Delivery delivery,
            Workspace workspace,
            Trail trail,
            Downstream downstream,
            WireFormat format,
            GatewaySettings settings) {
        this.delivery = delivery;
        this.workspace = workspace;
        this.trail = trail;
        this.downstream = downstream;
        this.format = format;
        this.patient = settings.commitPoint().equals("FirstContent");
    }

    /// @param headers the client's
    /// @param events the client is sent an event stream
    /// @param length bytes the client is told; -1: chunked
    void hold(int httpStatus, HeaderLines headers, boolean events, long length) {
        status = httpStatus;
        held = headers;
        stream = events;
        contentLength = length;
        if (stream) {
            heartbeat = new Heartbeat(downstream, format, workspace.heartbeatMillis(), this::head);
        }
    }

    /// Whether the client knows nothing yet.
    boolean pending() {
        return held != null;
    }

    /// Names what a translated reply could not tell the client: in the log with what its request
    /// has lost, and on a line of its own in the head, if that is still held.
    void lost(@Nullable Translation translation, List<String> ofReply) {
        if (translation == null || ofReply.size() == losses) {
            return;
        }
        losses = ofReply.size();
        List<String> all = new ArrayList<>(translation.losses());
        all.addAll(ofReply);
        trail.lost(Warnings.header(all));
        if (held != null) {
            held.add("x-gateway-warnings", Warnings.header(ofReply));
        }
    }

    /// Another status than the upstream's; only while pending.
    void status(int httpStatus) {
        status = httpStatus;
    }

    int status() {
        return status;
    }

    /// Bytes for the client.
    ///
    /// @param content the reply so far has content, or its end
    void pass(ByteBuf bytes, boolean content) {
        if (!bytes.isReadable()) {
            bytes.release();
            return;
        }
        if (patient && pending() && stream && !content && keep(bytes)) {
            return;
        }
        if (!answering && status < 300 && (content || !stream)) {
            answering = true;
            delivery.answering();
        }
        head();
        send(bytes);
        if (heartbeat != null) {
            heartbeat.touch();
        }
    }

    /// The last bytes for the client.
    void last(ByteBuf bytes) {
        pass(bytes, true);
        head();
    }

    private boolean keep(ByteBuf bytes) {
        if (earlyBytes + bytes.readableBytes() > MOST_EARLY) {
            return false;
        }
        if (early.isEmpty()) {
            early = new ArrayList<>(4);
        }
        earlyBytes += bytes.readableBytes();
        early.add(bytes);
        return true;
    }

    private void send(ByteBuf bytes) {
        trail.sent(bytes.readableBytes());
        downstream.data(bytes);
    }

    /// Sends what is held.
    void head() {
        HeaderLines prepared = held;
        if (prepared == null) {
            return;
        }
        held = null;
        delivery.committed();
        trail.answering(status);
        downstream.head(status, prepared, contentLength);
        workspace.give(prepared);
        if (!early.isEmpty()) {
            List<ByteBuf> kept = early;
            early = List.of();
            kept.forEach(this::send);
        }
    }

    /// Ends a stream that has begun with the format's own error event.
    void close(GatewayError error, StreamPosition position) {
        byte[] event = ErrorEnvelope.streamEvent(error, format, trail.requestId(), position);
        send(Unpooled.wrappedBuffer(event));
        downstream.end();
    }

    void release() {
        if (held != null) {
            workspace.give(held);
            held = null;
        }
        if (!early.isEmpty()) {
            early.forEach(ByteBuf::release);
            early = List.of();
        }
        if (heartbeat != null) {
            heartbeat.stop();
        }
    }
}
