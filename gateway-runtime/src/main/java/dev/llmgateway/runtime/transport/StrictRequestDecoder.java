package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/// Netty's strict decoder, and refusal of the two things it normalises silently: folded header
/// lines and a TAB in the request line.
final class StrictRequestDecoder extends HttpRequestDecoder {
    private static final int CHUNK = 64 << 10;

    private boolean inHead = true;
    private boolean firstLine = true;
    private boolean bad;
    private boolean begun;
    private byte last;

    StrictRequestDecoder(HttpLimits limits) {
        super(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(limits.lineBytes())
                        .setMaxHeaderSize(limits.headerBytes())
                        .setMaxChunkSize(CHUNK));
    }

    /// Whether a head has begun to arrive and is not complete.
    boolean headBegun() {
        return inHead && begun;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
            throws Exception {
        if (!inHead) {
            super.decode(ctx, in, out);
            noteEnd(out);
            return;
        }
        begun |= in.isReadable();
        int from = in.readerIndex();
        int size = out.size();
        super.decode(ctx, in, out); // one call never goes past the end of a head
        inspect(in, from, in.readerIndex());
        if (out.size() > size && out.get(size) instanceof HttpRequest request) {
            if (bad && request.decoderResult().isSuccess()) {
                request.setDecoderResult(
                        DecoderResult.failure(
                                new IllegalArgumentException("white space in a head")));
            }
            inHead = false;
            noteEnd(out);
        }
    }

    private void noteEnd(List<Object> out) {
        if (!out.isEmpty() && out.getLast() instanceof LastHttpContent) {
            inHead = true;
            firstLine = true;
            bad = false;
            begun = false;
            last = 0;
        }
    }

    private void inspect(ByteBuf in, int from, int to) {
        int at = from;
        while (at < to && !bad) {
            byte first = in.getByte(at);
            bad = last == '\n' && !firstLine && (first == ' ' || first == '\t');
            int newline = in.indexOf(at, to, (byte) '\n');
            int end = newline < 0 ? to : newline;
            bad |= firstLine && in.indexOf(at, end, (byte) '\t') >= 0;
            if (newline < 0) {
                last = 0;
                return;
            }
            if (end > at && first != '\r') {
                firstLine = false; // empty lines before a request do not count
            }
            last = '\n';
            at = newline + 1;
        }
    }
}
