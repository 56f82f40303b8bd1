package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/// A reply's head that was cut between reads, until the rest of it comes.
final class PartialHead {
    private final int most;
    private @Nullable ByteBuf bytes;

    /// @param most bytes a head may have
    PartialHead(int most) {
        this.most = most;
    }

    /// What was kept with the read behind it; ownership moves in and out.
    ByteBuf join(ByteBuf read) {
        ByteBuf before = bytes;
        if (before == null) {
            return read;
        }
        bytes = null;
        before.writeBytes(read);
        read.release();
        return before;
    }

    /// Copies the bytes `[from, to)` of a head that has no end yet.
    ///
    /// @throws MalformedMessage when they are too many
    void keep(ChannelHandlerContext ctx, ByteBuf read, int from, int to) {
        if (to - from > most) {
            throw new MalformedMessage("head size");
        }
        if (to > from) {
            bytes =
                    ctx.alloc()
                            .directBuffer(Math.max(1_024, (to - from) * 2))
                            .writeBytes(read, from, to - from);
        }
    }

    void release() {
        if (bytes != null) {
            bytes.release();
            bytes = null;
        }
    }
}
