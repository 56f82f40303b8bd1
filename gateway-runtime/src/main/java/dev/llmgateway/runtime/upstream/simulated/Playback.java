package dev.llmgateway.runtime.upstream.simulated;

import dev.llmgateway.runtime.transport.Loop;
import dev.llmgateway.runtime.transport.Reply;
import dev.llmgateway.runtime.transport.TransportFailure;
import dev.llmgateway.runtime.transport.UpstreamCall;
import org.jspecify.annotations.Nullable;

/// Plays one performance to a `Reply`, paced by the loop's timer, stopping while the client is
/// behind. Everything happens on the loop; nothing inside the call that started it.
final class Playback implements UpstreamCall {
    private final Performance performance;
    private final Loop loop;
    private final Reply reply;
    private int position;
    private boolean over;
    private boolean waiting;
    private Loop.@Nullable Cancellable timer;

    private Playback(Performance performance, Loop loop, Reply reply) {
        this.performance = performance;
        this.loop = loop;
        this.reply = reply;
    }

    static Playback start(Performance performance, Loop loop, Reply reply) {
        Playback playback = new Playback(performance, loop, reply);
        playback.later(performance.firstMillis(), playback::begin);
        return playback;
    }

    @Override
    public void cancel() {
        over = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    @Override
    public void resume() {
        if (waiting) {
            waiting = false;
            later(0, this::play);
        }
    }

    private void begin() {
        if (over) {
            return;
        }
        if (performance.ending() == Performance.Ending.Silence) {
            finish();
            return;
        }
        reply.head(performance.head());
        play();
    }

    /// It gives up by itself.
    @Override
    public void progressed() {}

    private void play() {
        while (!over && position < performance.frames().size()) {
            if (!reply.writable()) {
                waiting = true;
                reply.flush();
                return;
            }
            byte[] frame = performance.frames().get(position++);
            reply.data(loop.allocator().buffer(frame.length).writeBytes(frame));
            if (performance.gapMillis() > 0 && !over) {
                reply.flush();
                later(performance.gapMillis(), this::play);
                return;
            }
        }
        finish();
    }

    private void finish() {
        if (over) {
            return;
        }
        over = true;
        switch (performance.ending()) {
            case Complete -> reply.end();
            case Truncated -> {
                reply.flush();
                reply.fail(failure(TransportFailure.Kind.Truncated, true));
            }
            case Silence -> reply.fail(failure(TransportFailure.Kind.Timeout, false));
        }
    }

    private static TransportFailure failure(TransportFailure.Kind kind, boolean replied) {
        return new TransportFailure(kind, "played by the simulated provider", true, false, replied);
    }

    private void later(long millis, Runnable step) {
        if (millis <= 0) {
            loop.execute(step);
        } else if (!over) {
            timer = loop.after(millis, step);
        }
    }
}
