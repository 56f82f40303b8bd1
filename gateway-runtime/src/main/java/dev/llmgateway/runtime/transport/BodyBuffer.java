package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/// A request body under collection. What one read brought whole is kept as it is; otherwise bytes
/// are gathered in pooled segments, so that a small read never pins a large buffer.
final class BodyBuffer implements RequestBody {
    private static final int SEGMENT = 64 << 10;
    private static final int SMALLEST = 4 << 10;

    private final BodyBudget budget;
    private final ByteBufAllocator allocator;
    private final long expected;
    private final List<ByteBuf> segments = new ArrayList<>(2);
    private long length;
    private boolean released;

    /// @param expected declared length; -1: unknown
    BodyBuffer(BodyBudget budget, ByteBufAllocator allocator, long expected) {
        this.budget = budget;
        this.allocator = allocator;
        this.expected = expected;
    }

    /// Takes bytes that are charged already.
    ///
    /// @param whole nothing came before and nothing comes after
    void add(ByteBuf bytes, boolean whole) {
        length += bytes.readableBytes();
        if (whole && segments.isEmpty()) {
            segments.add(bytes);
            return;
        }
        while (bytes.isReadable()) {
            ByteBuf segment = room();
            segment.writeBytes(bytes, Math.min(bytes.readableBytes(), segment.writableBytes()));
        }
        bytes.release();
    }

    private ByteBuf room() {
        if (!segments.isEmpty() && segments.getLast().isWritable()) {
            return segments.getLast();
        }
        long still = expected < 0 ? SEGMENT : Math.max(expected - length, SMALLEST);
        int size =
                segments.isEmpty() && expected >= 0
                        ? (int) Math.min(SEGMENT, expected)
                        : (int) Math.min(SEGMENT, still);
        ByteBuf segment =
                allocator.directBuffer(Math.max(size, SMALLEST), Math.max(size, SMALLEST));
        segments.add(segment);
        return segment;
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
        budget.refund(length);
    }
}
