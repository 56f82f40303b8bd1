package dev.llmgateway.runtime.upstream.simulated;

import dev.llmgateway.runtime.transport.Loop;
import dev.llmgateway.runtime.transport.UpstreamClient;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// A Netty event loop behind the transport's interface.
final class RealLoop implements Loop, AutoCloseable {
    private final DefaultEventLoop loop = new DefaultEventLoop();

    @Override
    public long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public Cancellable after(long millis, Runnable task) {
        ScheduledFuture<?> future = loop.schedule(task, millis, TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public UpstreamClient upstream() {
        throw new UnsupportedOperationException("the simulated provider calls nobody");
    }

    @Override
    public ByteBufAllocator allocator() {
        return UnpooledByteBufAllocator.DEFAULT;
    }

    @Override
    public int index() {
        return 0;
    }

    boolean inLoop() {
        return loop.inEventLoop();
    }

    @Override
    public void close() {
        var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
