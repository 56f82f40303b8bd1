package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A request body under collection, and its charge. What one read brought whole is kept as it is;
/// otherwise bytes are gathered in pooled segments, so that a small read never pins a large buffer.
final class BodyBuffer implements RequestBody {
    private static final int SEGMENT = 64 << 10;
    private static final int SMALLEST = 4 << 10;

    private final BodyBudget budget;
    private final @Nullable AtomicLong share;
    private final ByteBufAllocator allocator;
    private final long expected;
    private final List<ByteBuf> segments = new ArrayList<>(2);
    private long length;
    private long charged;
    private boolean released;

    /// @param share of the budget that this body counts to; null: nobody's
    /// @param expected length in the end; -1: unknown
    BodyBuffer(
            BodyBudget budget,
            @Nullable AtomicLong share,
            ByteBufAllocator allocator,
            long expected) {
        this.budget = budget;
        this.share = share;
        this.allocator = allocator;
        this.expected = expected;
    }

    /// Charges what is lacking for so many bytes more than there are. False: there is no room now,
    /// and nothing was charged.
    boolean claim(long more) {
        long lacking = length + more - charged;
        if (lacking <= 0) {
            return true;
        }
        if (!budget.charge(share, lacking, charged)) {
            return false;
        }
        charged += lacking;
        return true;
    }

    /// Gives back what was charged for more bytes than came.
    void settle() {
        long excess = charged - length;
        charged = length;
        if (excess > 0) {
            budget.refund(share, excess);
        }
    }

    /// Takes bytes that are claimed already.
    ///
    /// @param whole nothing came before and nothing comes after
    void add(ByteBuf bytes, boolean whole) {
        if (whole && segments.isEmpty()) {
            length += bytes.readableBytes();
            segments.add(bytes);
            return;
        }
        while (bytes.isReadable()) {
            ByteBuf segment = room(bytes.readableBytes());
            int count = Math.min(bytes.readableBytes(), segment.writableBytes());
            segment.writeBytes(bytes, count);
            length += count;
        }
        bytes.release();
    }

    /// A segment that can be written to; its bytes count once `wrote` says so.
    ///
    /// @param likely bytes that will come, where nobody knows better
    ByteBuf room(int likely) {
        if (!segments.isEmpty() && segments.getLast().isWritable()) {
            return segments.getLast();
        }
        long unknown = segments.isEmpty() ? likely : SEGMENT;
        long still = expected > length ? expected - length : unknown;
        int size = Math.clamp(still, SMALLEST, SEGMENT);
        ByteBuf segment = allocator.directBuffer(size, size);
        segments.add(segment);
        return segment;
    }

    /// So many bytes were written to what `room` gave.
    void wrote(int count) {
        length += count;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public List<ByteBuf> segments() {
        return segments;
    }

    @Override
    public void slices(long from, long to, List<ByteBuf> target) {
        parts(from, to, (segment, index, count) -> target.add(segment.retainedSlice(index, count)));
    }

    @Override
    public void copy(long from, long to, ByteBuf target) {
        parts(from, to, target::writeBytes);
    }

    /// Some bytes of a segment.
    @FunctionalInterface
    private interface Part {
        void take(ByteBuf segment, int index, int count);
    }

    private void parts(long from, long to, Part part) {
        long start = 0;
        for (int i = 0; i < segments.size(); i++) {
            ByteBuf segment = segments.get(i);
            long end = start + segment.readableBytes();
            long first = Math.max(from, start);
            long last = Math.min(to, end);
            if (first < last) {
                int index = segment.readerIndex() + (int) (first - start);
                part.take(segment, index, (int) (last - first));
            }
            start = end;
        }
    }

    /// For the end of a consumer that may have released it or not.
    void releaseIfHeld() {
        if (!released) {
            release();
        }
    }

    @Override
    public void release() {
        if (released) {
            throw new IllegalStateException("a request body was released twice");
        }
        released = true;
        segments.forEach(ByteBuf::release);
        budget.refund(share, charged);
    }
}
