package dev.llmgateway.runtime.transport;

import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/// One attempt to open a connection. It ends once: connected, failed, out of time or given up; a
/// socket that comes to be after a bad end is closed.
final class ConnectAttempt extends Deadlines.Deadline {
    private final LoopState loop;
    private final Endpoint endpoint;
    private final CallTimeouts timeouts;
    private final Outcome outcome;
    private final long connectBy;
    private final long totalBy;
    private TransportFailure.Kind stage = TransportFailure.Kind.Dns;
    private @Nullable NetSocket socket;
    private boolean over;

    /// @param totalBy when the call that needs the connection must have ended, on the loop's clock
    ConnectAttempt(
            LoopState loop,
            Endpoint endpoint,
            CallTimeouts timeouts,
            long totalBy,
            Outcome outcome) {
        this.loop = loop;
        this.endpoint = endpoint;
        this.timeouts = timeouts;
        this.outcome = outcome;
        this.totalBy = totalBy;
        this.connectBy = timeouts.connect() > 0 ? loop.read() + timeouts.connect() : NEVER;
        at(Math.min(connectBy, totalBy));
        loop.deadlines().add(this);
    }

    /// What came of an attempt; called on the loop.
    interface Outcome {
        void connected(UpstreamConnection connection);

        void failed(TransportFailure.Kind kind, String detail);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    CallTimeouts timeouts() {
        return timeouts;
    }

    boolean over() {
        return over;
    }

    /// Milliseconds left of the connect timeout, at least 1; 0: there is none.
    long left() {
        return connectBy == NEVER ? 0 : Math.max(1, connectBy - loop.read());
    }

    /// Whether the connect timeout has passed.
    boolean late() {
        return connectBy <= loop.read();
    }

    /// An address was found, from now on it is dialled.
    void dialling() {
        stage = TransportFailure.Kind.Connect;
    }

    /// Whether the attempt takes the socket; else it is closed.
    boolean takes(NetSocket opened) {
        if (over) {
            opened.close();
            return false;
        }
        socket = opened;
        return true;
    }

    /// The handshake has a time limit of its own.
    void securing() {
        stage = TransportFailure.Kind.Tls;
        at(totalBy);
    }

    void connected(UpstreamConnection connection) {
        end();
        outcome.connected(connection);
    }

    void failed(TransportFailure.Kind kind, String detail) {
        if (!over) {
            end();
            if (socket != null) {
                socket.close();
            }
            outcome.failed(kind, detail);
        }
    }

    /// The call does not need the connection any more.
    void abandon() {
        failed(stage, "the call was given up");
    }

    private void end() {
        over = true;
        loop.deadlines().remove(this);
    }

    @Override
    void expired(long now) {
        if (now >= totalBy) {
            failed(TransportFailure.Kind.Timeout, "the call's time ended while connecting");
        } else if (stage == TransportFailure.Kind.Dns) {
            failed(stage, "the host name was not resolved in time");
        } else {
            failed(stage, "no connection within the connect timeout");
        }
    }
}
