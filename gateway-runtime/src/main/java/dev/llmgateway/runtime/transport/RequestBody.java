package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import java.util.List;

/// A whole request body, a content coding undone, in segments. Its bytes stay charged to the body
/// budget until released.
public interface RequestBody {
    /// Bytes in all.
    long length();

    /// The segments in order; owned by this body.
    List<ByteBuf> segments();

    /// Appends to `target` retained slices of the bytes `[from, to)`.
    void slices(long from, long to, List<ByteBuf> target);

    /// Appends to `target` a copy of the bytes `[from, to)`.
    void copy(long from, long to, ByteBuf target);

    /// Gives the segments and their charge back. Call exactly once.
    void release();
}
