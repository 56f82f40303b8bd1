package dev.llmgateway.runtime.transport;

import org.jspecify.annotations.Nullable;

/// What a client connection waits for, and until when: a next request, the rest of a head, a body
/// at a minimum rate, room to write, or the end of lingering. A client that still takes a reply,
/// however slowly, is waited for.
final class ClientDeadline extends Deadlines.Deadline {
    private enum Waiting {
        Idle,
        Head,
        Body,
        Reply,
        Stalled,
        Closing,
        Linger
    }

    private static final long CHECK_MILLIS = 1_000;

    private final ClientConnection connection;
    private Waiting waiting = Waiting.Idle;
    private @Nullable RequestIntake intake;
    private long since;
    private long unsent;

    ClientDeadline(ClientConnection connection) {
        this.connection = connection;
    }

    void idle() {
        intake = null;
        set(Waiting.Idle, limits().idleMillis());
    }

    /// The first bytes of a head are here.
    void head() {
        if (waiting == Waiting.Idle) {
            set(Waiting.Head, limits().headMillis());
        }
    }

    /// A body is arriving.
    void body(RequestIntake arriving) {
        intake = arriving;
        set(Waiting.Body, limits().bodyGraceMillis());
    }

    /// The request is complete; how long the reply may take is the upstream side's business.
    void answering() {
        intake = null;
        waiting = Waiting.Reply;
        never();
    }

    void stalled(boolean isStalled) {
        if (isStalled) {
            set(Waiting.Stalled, limits().stallMillis());
        } else {
            answering();
        }
    }

    /// The last reply is written; the connection ends when the client has taken it.
    void closing() {
        set(Waiting.Closing, limits().stallMillis());
    }

    void linger() {
        set(Waiting.Linger, limits().lingerMillis());
    }

    private void set(Waiting what, long millis) {
        waiting = what;
        since = connection.loop().now();
        unsent = connection.unsent();
        at(connection.loop().until(millis));
    }

    private HttpLimits limits() {
        return connection.loop().limits();
    }

    @Override
    void expired(long now) {
        switch (waiting) {
            case Head, Linger, Reply -> connection.cut();
            case Idle, Closing, Stalled -> checkTaken(now);
            case Body -> checkRate(now);
        }
    }

    private void checkTaken(long now) {
        long still = connection.unsent();
        if (still > 0 && still < unsent) {
            unsent = still;
            at(now + limits().stallMillis());
            return;
        }
        if (waiting == Waiting.Stalled) {
            connection.lost(RequestConsumer.CloseReason.ClientTooSlow);
        }
        connection.cut();
    }

    private void checkRate(long now) {
        RequestIntake arriving = intake;
        if (arriving == null) {
            return;
        }
        if (arriving.blocked()
                || arriving.received() * 1_000 >= limits().bodyBytesPerSecond() * (now - since)) {
            at(now + CHECK_MILLIS);
        } else {
            arriving.giveUp(408, "the body arrived too slowly");
        }
    }
}
