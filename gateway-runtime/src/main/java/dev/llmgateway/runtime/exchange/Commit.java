package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.transport.Downstream;
import dev.llmgateway.runtime.transport.HeaderLines;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The point of no return: holds a reply's head back until something follows it, since until then a
/// failure can still choose its status.
final class Commit {
    private final Delivery delivery;
    private final Workspace workspace;
    private final Trail trail;
    private final Downstream downstream;
    private final WireFormat format;

    private @Nullable HeaderLines held;
    private @Nullable Heartbeat heartbeat;
    private long contentLength;
    private int status;
    private boolean stream;

    /// @param format the client's
    Commit(
            Delivery delivery,
            Workspace workspace,
            Trail trail,
            Downstream downstream,
            WireFormat format) {
        this.delivery = delivery;
        this.workspace = workspace;
        this.trail = trail;
        this.downstream = downstream;
        this.format = format;
    }

    void hold(Passage passage, int httpStatus) {
        held = passage.headers();
        contentLength = passage.contentLength();
        stream = passage.stream();
        status = httpStatus;
    }

    /// Whether the client knows nothing yet.
    boolean pending() {
        return held != null;
    }

    /// Another status than the upstream's; only while pending.
    void status(int httpStatus) {
        status = httpStatus;
    }

    int status() {
        return status;
    }

    /// Bytes for the client; the head goes first.
    void pass(ByteBuf bytes) {
        if (!bytes.isReadable()) {
            bytes.release();
            return;
        }
        head();
        trail.sent(bytes.readableBytes());
        if (heartbeat != null) {
            heartbeat.touch();
        }
        downstream.data(bytes);
    }

    /// Sends the head, if it is held.
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
        if (stream) {
            heartbeat = new Heartbeat(downstream, format, workspace.heartbeatMillis());
        }
    }

    void release() {
        if (held != null) {
            workspace.give(held);
            held = null;
        }
        if (heartbeat != null) {
            heartbeat.stop();
        }
    }
}
