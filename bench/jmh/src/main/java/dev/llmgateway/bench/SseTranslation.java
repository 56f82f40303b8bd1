package dev.llmgateway.bench;

import dev.llmgateway.runtime.dialect.Dialects;
import dev.llmgateway.runtime.dialect.TranslatingTap;
import dev.llmgateway.runtime.dialect.TranslationSpace;
import dev.llmgateway.runtime.dialect.translation.Origin;
import dev.llmgateway.runtime.dialect.translation.ReplyContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One whole stream from upstream bytes in direct memory to client bytes in direct memory, as the
/// gateway does it; and as a tree. `bytes` counts what the upstream sent, `cpuNanos` the
/// processor's time for it: their ratio holds on a machine with neighbours, operations per second
/// do not.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SseTranslation {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final ReplyContext CONTEXT = new ReplyContext("", 1, true, 25, false, true);

    /// Set by JMH.
    @Param public Direction direction = Direction.ChatToMessages;

    /// Bytes of one read from the upstream's connection.
    @Param("16384")
    public int piece;

    private final TranslationSpace space = new TranslationSpace();
    private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    private TreeTranslation tree = new TreeTranslation(direction);
    private byte[] stream = {};
    private ByteBuf direct = allocator.directBuffer();

    @AuxCounters
    @State(Scope.Thread)
    public static class Work {
        public long bytes;
        public long cpuNanos;

        private void done(long length, long startNanos) {
            bytes += length;
            cpuNanos += THREADS.getCurrentThreadCpuTime() - startNanos;
        }
    }

    @Setup
    public void setup() {
        stream = VendorStream.of(direction.upstream);
        tree = new TreeTranslation(direction);
        direct = allocator.directBuffer(stream.length).writeBytes(stream);
    }

    @Benchmark
    public int ours(Work work) {
        long start = THREADS.getCurrentThreadCpuTime();
        TranslatingTap tap =
                new TranslatingTap(
                        space,
                        allocator,
                        Dialects.of(direction.upstream),
                        Origin.UNTOLD,
                        true,
                        Dialects.of(direction.client).streaming(CONTEXT),
                        UnaryOperator.identity());
        int sent = 0;
        for (int at = 0; at < stream.length; at += piece) {
            int length = Math.min(piece, stream.length - at);
            sent += sent(tap.pass(direct.retainedSlice(at, length)));
        }
        sent += sent(tap.finish());
        if (!tap.ended()) {
            throw new IllegalStateException("not translated: " + tap.failure());
        }
        work.done(stream.length, start);
        return sent;
    }

    @Benchmark
    public int jacksonTree(Work work) throws IOException {
        long start = THREADS.getCurrentThreadCpuTime();
        int sent = tree.translate(stream).length;
        work.done(stream.length, start);
        return sent;
    }

    private static int sent(ByteBuf bytes) {
        int length = bytes.readableBytes();
        bytes.release();
        return length;
    }
}
