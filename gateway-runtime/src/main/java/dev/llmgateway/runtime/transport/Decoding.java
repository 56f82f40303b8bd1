package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/// Undoes one layer of one content coding, piece by piece and in bounded work: a call decodes no
/// more than the room it is given. Holds native memory until closed.
///
/// A body is exactly one gzip member or one zstd frame; whatever stands behind it is corrupt.
sealed interface Decoding extends AutoCloseable permits GzipDecoding, ZstdDecoding {

    /// Decodes until `in` is used up, `out` is full or the coded body ends; may do less, so long as
    /// it moved.
    ///
    /// @throws CorruptBody when `in` cannot be a part of such a body
    void decode(ByteBuf in, ByteBuf out);

    /// Whether the coded body is complete and its checksum right.
    boolean ended();

    /// Bytes of native memory that the next `decode` may take and hold until `close`; charged to
    /// the body budget before it does.
    long memory();

    @Override
    void close();

    static Decoding gzip() {
        return new GzipDecoding();
    }

    /// @throws LinkageError where zstd's native code cannot be loaded
    static Decoding zstd(ByteBufAllocator allocator) {
        ZstdDecoding.load();
        return new ZstdDecoding(allocator);
    }
}
